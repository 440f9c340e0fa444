/**
 * Can anything that arrives end the endpoint, block it, or be lost silently? Hostile records, requests, queries
 * and streams go to the built command, between kills and restarts; every record that was acknowledged must be in the
 * table or in the error output. Needs a build: `npm run build`.
 * Usage: campaign-poison.ts [cases] [seed]
 */
import { runAnswerTrial } from '../test/poison/answers.js';
import { chanceOf } from '../test/poison/chance.js';
import { runPoisonTrial } from '../test/poison/trial.js';

const wanted = Number(process.argv[2] ?? 20_000);
const first = Number(process.argv[3] ?? Date.now() % 1_000_000);
console.log(`campaign-poison: ${wanted} cases, seed ${first}`);

const startedAt = performance.now();
let cases = 0;
let broken = 0;
let trials = 0;
const MOST_BROKEN = 20;
/** Events of a producer whose server answers about half of the calls with nonsense. */
const EVENTS = 30;
for (let seed = first; cases < wanted && broken < MOST_BROKEN; seed++) {
  const result = await runPoisonTrial(seed);
  const wrong = [...result.wrong, ...(await runAnswerTrial(chanceOf(seed), EVENTS))];
  cases += result.cases + EVENTS;
  trials++;
  if (wrong.length > 0) {
    broken++;
    console.log(`seed ${seed}:\n  ${wrong.slice(0, 20).join('\n  ')}`);
  }
  if (trials % 10 === 0) {
    console.log(
      `${cases} cases, ${broken} trials broken, ${Math.round((performance.now() - startedAt) / 1000)} s`,
    );
  }
}
console.log('| cases | trials | trials that broke the law |');
console.log('|---|---|---|');
console.log(`| ${cases} | ${trials} | ${broken} |`);
process.exit(broken === 0 ? 0 : 1);
