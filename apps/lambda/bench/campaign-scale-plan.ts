/**
 * The plan of docs/scale.md at small scale: shards of one world, four for each delivery stream, on endpoints with
 * the quota of a region (1 MiB a second for each stream). Does the union of the shards equal the world, each event
 * once, and how much of the quota do they use?
 */
import { createWorld } from '@store/generator';
import { EventDigest } from '../src/generate/event-digest.js';
import { createGenerateHandler } from '../src/generate/handler.js';
import { lineOf } from '../test/events.js';
import { lambdaContext } from '../test/lambda-context.js';
import { startLocalStack } from '../test/local-stack.js';

const streams = Number(process.argv[2] ?? 4);
const shards = streams * 4;
const world = { seed: 42, stores: 64, products: 120, start: '2026-01-05T00:00:00.000Z', days: 4 };
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';

const stack = await startLocalStack({ quotas: 'other' });
const names = Array.from({ length: streams }, (_, n) => `inventory-${n}`);
for (const name of names) await stack.createStream(name);
const env = { AWS_ENDPOINT_URL: stack.emulator.endpoint, STREAM_NAMES: names.join(',') };
const startedAt = performance.now();
const answers = await Promise.all(
  Array.from({ length: shards }, async (_, index) =>
    // An environment of its own for each shard, as on Lambda.
    createGenerateHandler(env)({ ...world, shard: { index, count: shards } }, lambdaContext()),
  ),
);
const seconds = (performance.now() - startedAt) / 1000;

const [sent, whole] = [new EventDigest(), new EventDigest()];
for (const { digest } of answers) sent.addDigest(digest);
let events = 0;
for (const event of createWorld(world).events()) {
  whole.add(Buffer.from(lineOf(event)));
  events++;
}
await stack.emulator.flush();
const [lake] = await stack.emulator.query(
  'select count(*)::int as n, count(distinct event_id)::int as ids from store_dev.inventory_events',
);
await stack.close();

const bytes = answers.reduce((sum, { eventBytes }) => sum + eventBytes, 0);
const mebibytes = bytes / 1024 ** 2;
const retried = answers.reduce((sum, answer) => sum + answer.retried, 0);
console.log(
  `${events} events, ${mebibytes.toFixed(1)} MiB, ${shards} shards over ${streams} delivery streams`,
);
console.log(
  `${seconds.toFixed(1)} s: ${(mebibytes / seconds / streams).toFixed(2)} MiB/s for each stream of 1; ${retried} records were throttled and sent again`,
);
const right = lake?.n === events && lake.ids === events && sent.toString() === whole.toString();
console.log(right ? 'Every event is in the lake once.' : `Wrong: the lake has ${JSON.stringify(lake)}.`);
if (!right) process.exitCode = 1;
