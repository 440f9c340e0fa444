// What does a world of a million series hold in memory and cost per event, what does seeking a year cost, and what do
// two shards in two workers cost over one? CPU time, medians. Exits 1 when a figure misses its floor.
// Run with --expose-gc for exact memory; without it the figures are upper bounds.
import { Worker } from 'node:worker_threads';
import { createWorld } from '@store/generator';
import { ShardClock } from '../src/day/shard-clock.js';
import { settle } from '../src/world/options.js';

const MIB = 2 ** 20;
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const median = (values: readonly number[]): number =>
  [...values].sort((x, y) => x - y)[values.length >> 1] ?? 0;

const rows: string[] = [];
let missed = 0;
function row(question: string, found: number, most: number, digits: number, unit: string): void {
  if (!(found <= most)) missed++;
  rows.push(
    `| ${question} | ${found.toFixed(digits)} ${unit} | ${most} ${unit} | ${found <= most ? 'yes' : 'NO'} |`,
  );
}

const held = (): number => {
  globalThis.gc?.();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
};

/** The most that a world holds while `days` days are read, over what the process held before. */
function memoryOf(stores: number, products: number, days: number): number {
  const before = held();
  const world = createWorld({ stores, products, days: 400 });
  let made = 0;
  let most = 0;
  let next = 0;
  for (const chunk of world.ndjson({ lend: true })) {
    made += chunk.length;
    if (made > days * 1.1 * 420 * stores * products) break;
    if (made < next) continue;
    next = made + 16 * MIB;
    most = Math.max(most, held() - before);
  }
  return most / MIB;
}

const million = { stores: 1000, products: 1000 };
row('1,000,000 series, all that the world holds', memoryOf(1000, 1000, 2), 128, 1, 'MiB');
const { state } = new ShardClock(settle(million).settings);
const stateBytes = Object.values(state)
  .filter((part) => ArrayBuffer.isView(part))
  .reduce((sum, part) => sum + part.byteLength, 0);
row('state of a series', stateBytes / state.length, 32, 1, 'bytes');

// Memory in the number of events: the same world after 3 and after 300 days.
memoryOf(100, 100, 3);
const early = memoryOf(100, 100, 3);
const late = memoryOf(100, 100, 300);
row(
  'memory after 300 days less after 3, for each event between',
  ((late - early) * MIB) / 3.27e6,
  0.5,
  3,
  'bytes',
);

const costs: [number[], number[]] = [[], []];
const sizes = [{ stores: 100, products: 100 }, million] as const;
const worlds = sizes.map((size) => {
  const world = createWorld({ ...size, days: 3650 });
  world.seek('2026-01-06');
  return world;
});
for (let round = 0; round < 6; round++) {
  for (const [n, world] of worlds.entries()) {
    const began = cpuMs();
    let made = 0;
    for (const chunk of world.ndjson({ lend: true })) if ((made += chunk.length) > 1.2e6 * 420) break;
    if (round > 0) costs[n]?.push(((cpuMs() - began) * 1e6) / (made / 420));
  }
}
const [small, large] = costs.map(median) as [number, number];
row(
  `cost of an event, 1,000,000 series (${large.toFixed(0)} ns) over 10,000 (${small.toFixed(0)} ns)`,
  large / small,
  1.5,
  2,
  'times',
);

const m5 = createWorld({ stores: 10, products: 3049, days: 366 });
const seeks: number[] = [];
for (let round = 0; round < 3; round++) {
  m5.seek('2026-01-05');
  const began = cpuMs();
  m5.seek('2027-01-05');
  seeks.push((cpuMs() - began) / 1000);
}
row('seeking over a year of 30,490 series', median(seeks), 2, 2, 'CPU s');

/** The next message of a worker; a worker's error ends the bench by itself. */
async function answer(worker: Worker): Promise<unknown> {
  return new Promise((resolve) => {
    worker.once('message', resolve);
  });
}
// process.cpuUsage counts the threads too. Workers are started and warmed before anything is measured.
// Node 20 gives tsx's hooks to the main thread only, so each worker registers them itself.
const begin = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => {
  register();
  return import(${JSON.stringify(import.meta.resolve('./read-shard.ts'))});
});`;
const workers = [0, 1].map(() => new Worker(begin, { eval: true }));
await Promise.all(workers.map(answer));
async function readShards(count: number): Promise<number> {
  const began = cpuMs();
  await Promise.all(
    workers.slice(0, count).map(async (worker, index) => {
      worker.postMessage({ index, count });
      return answer(worker);
    }),
  );
  return cpuMs() - began;
}
const ratios: number[] = [];
await readShards(2);
for (let round = 0; round < 7; round++) {
  const first = await readShards(round % 2 === 0 ? 1 : 2);
  const second = await readShards(round % 2 === 0 ? 2 : 1);
  ratios.push(round % 2 === 0 ? second / first : first / second);
}
await Promise.all(workers.map(async (worker) => worker.terminate()));
row('CPU of two shards in two workers over one', median(ratios), 1.15, 2, 'times');

console.log('| question | found | at most | met |\n|---|---|---|---|');
console.log(rows.join('\n'));
console.log(missed === 0 ? '\nEvery figure is within its floor.' : `\n${missed} figures miss their floor.`);
process.exitCode = missed === 0 ? 0 : 1;
