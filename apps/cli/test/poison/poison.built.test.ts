import { expect, test } from 'vitest';
import { runAnswerTrial } from './answers.js';
import { chanceOf } from './chance.js';
import { runPoisonTrial } from './trial.js';

// A share of `npm run campaign -- poison` with a fresh seed; POISON_SEED runs a seed again.
const seed = Number(process.env.POISON_SEED ?? Math.floor(Math.random() * 1_000_000));

test('hostile records, requests, queries and streams end alone: the endpoint lives and nothing is lost', async () => {
  const { wrong } = await runPoisonTrial(seed);
  expect(wrong, `POISON_SEED=${seed}`).toEqual([]);
}, 900_000);

test('a server that answers with nonsense costs the producer nothing but those calls', async () => {
  const wrong = await runAnswerTrial(chanceOf(seed), 40);
  expect(wrong, `POISON_SEED=${seed}`).toEqual([]);
});
