// Does the whole M5-sized world have the published statistics, and does the (s, S) core have the optimal costs?
// 30,490 series for a year; three seeds that the parameters were fitted to (with 2 and 3), three that nobody had run
// before; 24 instances of two million periods. Exits 1 when a number is off.
import { presets } from '../src/index.js';
import { m5Weekdays } from '../src/model/world-model.js';
import { heldOutSeeds } from './held-out-seeds.js';
import { measureRealism, type Realism } from './measure-realism.js';
import { measureCost, zhengFedergruen } from './measure-theory.js';

let wrong = 0;
function row(name: string, published: number, found: number, tolerance: number, slack = 0): void {
  const off = Math.abs(found - published);
  const met = off <= tolerance ? 'yes' : off <= tolerance + slack ? 'within the spread of seeds' : 'NO';
  if (met === 'NO') wrong++;
  console.log(`| ${name} | ${published.toFixed(4)} | ${found.toFixed(4)} | ${tolerance} | ${met} |`);
}

// Ten stores are a small sample: a seed's mean of ln(demand) has the standard error
//   logMeanSpread * sqrt(storeShare / stores + productShare / products),
// and a share of series moves with it by at most phi(0) / logMeanSpread. A seed that nobody chose may be off by the
// tolerance and two such errors; the mean of such seeds, by the tolerance alone.
const { storeShare, productShare } = presets.m5.model;
const spreadOf = (stores: number, products: number): number =>
  (2 * Math.sqrt(storeShare / stores + productShare / products)) / Math.sqrt(2 * Math.PI);

interface Found extends Realism {
  readonly audit: number;
  readonly fresh: number;
}

/** Prints a world's statistics beside the published ones. */
function report(found: Found, slack: number): void {
  console.log('| statistic | published | found | tolerance | met |\n|---|---|---|---|---|');
  for (const [n, name] of ['intermittent', 'lumpy', 'smooth', 'erratic'].entries()) {
    row(name, [0.727, 0.183, 0.062, 0.028][n] ?? 0, found.classes[n] ?? 0, 0.025, slack);
  }
  row('zero-sales days, median', 0.634, found.zeroMedian, 0.03, slack);
  row('zero-sales days, third quartile', 0.796, found.zeroThirdQuartile, 0.05, slack);
  for (const [day, factor] of m5Weekdays.entries())
    row(`weekday ${day + 1}`, factor, found.weekdays[day] ?? 0, 0.04);
  row('out of stock', 0.083, found.outOfStock, 0.01);
  for (const [n, name] of ['ordering', 'shelf', 'supplier'].entries()) {
    row(`cause: ${name}`, [0.47, 0.25, 0.28][n] ?? 0, found.causes[n] ?? 0, 0.05);
  }
  row('shrink', 0.015, found.shrink, 0.001);
  row('audit: wrong records', 0.65, found.audit, 0.03, slack);
  row('fresh: stockouts', 0.2, found.fresh, 0.02);
}

function live(seed: number): Found {
  return {
    ...measureRealism(presets.m5.model, { seed, stores: 10, products: 3049, days: 364 }),
    audit: measureRealism(presets.audit.model, { seed, stores: 10, products: 1000, days: 365 }, 365)
      .wrongRecords,
    fresh: measureRealism(presets.fresh.model, { seed, stores: 40, products: 200, days: 182 }).outOfStock,
  };
}

/** The mean of each number, in lists too. */
function meanOf(all: readonly Found[]): Found {
  const [first] = all;
  if (first === undefined) throw new Error('Nothing was measured.');
  const mean = (pick: (found: Found) => number): number =>
    all.reduce((sum, found) => sum + pick(found), 0) / all.length;
  const [a, b, c, d] = [0, 1, 2, 3].map((n) => mean(({ classes }) => classes[n] ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return {
    ...first,
    classes: [a, b, c, d],
    zeroMedian: mean(({ zeroMedian }) => zeroMedian),
    zeroThirdQuartile: mean(({ zeroThirdQuartile }) => zeroThirdQuartile),
    weekdays: first.weekdays.map((_, n) => mean(({ weekdays }) => weekdays[n] ?? 0)),
    outOfStock: mean(({ outOfStock }) => outOfStock),
    causes: [
      mean(({ causes }) => causes[0]),
      mean(({ causes }) => causes[1]),
      mean(({ causes }) => causes[2]),
    ],
    shrink: mean(({ shrink }) => shrink),
    audit: mean(({ audit }) => audit),
    fresh: mean(({ fresh }) => fresh),
  };
}

for (const seed of [42, 777, 1]) {
  console.log(`\nFitted seed ${seed}\n`);
  report(live(seed), 0);
}
const heldOut = heldOutSeeds.map(live);
for (const [n, found] of heldOut.entries()) {
  console.log(`\nHeld-out seed ${heldOutSeeds[n] ?? 0}\n`);
  report(found, spreadOf(10, 3049));
}
console.log('\nMean of the held-out seeds\n');
report(meanOf(heldOut), 0);

console.log('\n| Zheng-Federgruen | published | found | tolerance | met |\n|---|---|---|---|---|');
for (const [mean, s, S, cost] of zhengFedergruen) {
  const found = measureCost(
    { mean, s, S },
    { holding: 1, shortage: 9, order: 64 },
    { seed: 1, series: 2000, days: 1000 },
  );
  row(`mean ${mean}, (${s}, ${S}), cost over optimal`, 1, found / cost, 0.002);
}
console.log(wrong === 0 ? '\nEvery statistic is within its tolerance.' : `\n${wrong} statistics are off.`);
process.exitCode = wrong === 0 ? 0 : 1;
