// What does a world of a million series cost in memory and per event, what does seeking a year cost, and what do
// two shards cost over one? CPU time of one process (shards one after the other: they share nothing), medians.
import { createWorld } from '@store/generator';

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const median = (values: readonly number[]): number =>
  [...values].sort((x, y) => x - y)[values.length >> 1] ?? 0;
const MIB = 2 ** 20;

/** Memory that a world holds once a good day has been read, over what the process held before. */
function memoryOf(stores: number, products: number): number {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const world = createWorld({ stores, products, days: 30 });
  let made = 0;
  let most = 0;
  for (const chunk of world.ndjson()) {
    made += chunk.length;
    if (made > 2.2 * 420 * stores * products) break;
    if (made % (8 * MIB) < chunk.length) {
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      most = Math.max(most, arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed);
    }
  }
  return most / MIB;
}

console.log(`| series | MiB | bytes a series |\n|---|---|---|`);
for (const [stores, products] of [
  [100, 100],
  [1000, 1000],
] as const) {
  const mib = memoryOf(stores, products);
  console.log(
    `| ${stores * products} | ${mib.toFixed(1)} | ${((mib * MIB) / stores / products).toFixed(0)} |`,
  );
}

const costs: number[][] = [[], []];
for (let round = 0; round < 5; round++) {
  for (const [n, [stores, products]] of (
    [
      [100, 100],
      [1000, 1000],
    ] as const
  ).entries()) {
    const world = createWorld({ stores, products, days: 400 });
    world.seek('2026-01-06');
    const began = cpuMs();
    let made = 0;
    for (const chunk of world.ndjson()) if ((made += chunk.length) > 420e6) break;
    costs[n]?.push(((cpuMs() - began) * 1e6) / (made / 420));
  }
}
const [small = 1, large = 1] = costs.map(median);
console.log(`\n| ns an event, 10,000 series | 1,000,000 series | ratio |\n|---|---|---|`);
console.log(`| ${small.toFixed(0)} | ${large.toFixed(0)} | ${(large / small).toFixed(2)} |`);

const m5 = createWorld({ stores: 10, products: 3049, days: 366 });
const seeks: number[] = [];
for (let round = 0; round < 3; round++) {
  m5.seek('2026-01-05');
  const began = cpuMs();
  m5.seek('2027-01-05');
  seeks.push(cpuMs() - began);
}
console.log(`\n| CPU s to seek one year of 30,490 series |\n|---|\n| ${(median(seeks) / 1000).toFixed(2)} |`);

function readAll(shard: { readonly index: number; readonly count: number }): number {
  const world = createWorld({ stores: 100, products: 300, days: 30, shard });
  const began = cpuMs();
  let bytes = 0;
  for (const chunk of world.ndjson()) bytes += chunk.length;
  if (bytes === 0) throw new Error('The shard is empty.');
  return cpuMs() - began;
}
const ratios: number[] = [];
for (let round = 0; round < 5; round++) {
  const whole = readAll({ index: 0, count: 1 });
  const halves = readAll({ index: 0, count: 2 }) + readAll({ index: 1, count: 2 });
  if (round > 0) ratios.push(halves / whole);
}
console.log(`\n| CPU of two shards over one world |\n|---|\n| ${median(ratios).toFixed(2)} |`);
