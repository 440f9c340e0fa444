import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStream, put } from './filled-endpoint.js';
import { randomRequest } from './random-requests.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

/** Another seed and number of requests for longer runs: `REQUESTS=100000 SEED=7`. */
const requests = Number(process.env.REQUESTS ?? 1_500);
const seed = Number(process.env.SEED ?? 20_261_129);
const AT_ONCE = 16;

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint();
  await createStream(served, 'plain');
  await served.json('AmazonSQS.CreateQueue', { QueueName: 'trucks' });
});

afterAll(() => served.stop());

/** Sends the bytes and ends; gives what came until the connection closed. */
async function sent(bytes: Buffer): Promise<string> {
  const { port } = new URL(served.endpoint);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    // A reset is one way to be refused.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(text);
    });
  });
}

// What an answer must not hold: places of this machine, stacks, and words of the engine behind SQL.
const inside = (text: string): boolean =>
  text.includes(served.folder) ||
  /node:internal|\n\s+at \w|\.js:\d+|DuckDB|Binder Error|Parser Error/.test(text);

test(`any bytes are answered or refused, and the endpoint continues (seed ${seed}, ${requests} requests)`, async () => {
  const wrong: { readonly seed: number; readonly request: string; readonly answer: string }[] = [];
  let answered = 0;
  const seeds = Array.from({ length: requests }, (_, at) => seed + at).values();
  const worker = async (): Promise<void> => {
    for (const one of seeds) {
      const bytes = randomRequest(one);
      const answer = await sent(bytes);
      if (answer.startsWith('HTTP/1.1 ')) answered += 1;
      if (answer.startsWith('HTTP/1.1 500') || inside(answer)) {
        wrong.push({
          seed: one,
          request: bytes.toString('latin1').slice(0, 400),
          answer: answer.slice(0, 600),
        });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(wrong).toEqual([]);
  expect(answered).toBeGreaterThan(requests / 2);
  const health = await fetch(`${served.endpoint}/_emulator/health`);
  expect([health.status, await health.json()]).toMatchObject([200, { status: 'running' }]);
  await put(served, 'plain');
}, 3_600_000);
