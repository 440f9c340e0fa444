// Does the whole M5-sized world have the published statistics, and does the (s, S) core have the optimal costs?
// 30,490 series for a year and three seeds; 24 instances of two million periods. Exits 1 when a number is off.
import { presets } from '../src/index.js';
import { m5Weekdays } from '../src/model/world-model.js';
import { heldOutSeeds } from './held-out-seeds.js';
import { measureRealism } from './measure-realism.js';
import { measureCost, zhengFedergruen } from './measure-theory.js';

let wrong = 0;
function row(name: string, published: number, found: number, tolerance: number): void {
  const ok = Math.abs(found - published) <= tolerance;
  if (!ok) wrong++;
  console.log(
    `| ${name} | ${published.toFixed(4)} | ${found.toFixed(4)} | ${tolerance} | ${ok ? 'yes' : 'NO'} |`,
  );
}

for (const seed of heldOutSeeds) {
  const found = measureRealism(presets.m5, { seed, stores: 10, products: 3049, days: 364 });
  console.log(`\nm5, seed ${seed}, ${found.seriesDays} series-days\n`);
  console.log('| statistic | published | found | tolerance | met |\n|---|---|---|---|---|');
  for (const [n, name] of ['intermittent', 'lumpy', 'smooth', 'erratic'].entries()) {
    row(name, [0.727, 0.183, 0.062, 0.028][n] ?? 0, found.classes[n] ?? 0, 0.025);
  }
  row('zero-sales days, median', 0.634, found.zeroMedian, 0.03);
  row('zero-sales days, third quartile', 0.796, found.zeroThirdQuartile, 0.05);
  for (const [day, factor] of m5Weekdays.entries())
    row(`weekday ${day + 1}`, factor, found.weekdays[day] ?? 0, 0.04);
  row('out of stock', 0.083, found.outOfStock, 0.01);
  for (const [n, name] of ['ordering', 'shelf', 'supplier'].entries()) {
    row(`cause: ${name}`, [0.47, 0.25, 0.28][n] ?? 0, found.causes[n] ?? 0, 0.05);
  }
  row('shrink', 0.015, found.shrink, 0.001);
  const audit = measureRealism(presets.audit, { seed, stores: 10, products: 1000, days: 365 }, 365);
  row('audit: wrong records', 0.65, audit.wrongRecords, 0.03);
  const fresh = measureRealism(presets.fresh, { seed, stores: 40, products: 200, days: 182 });
  row('fresh: stockouts', 0.2, fresh.outOfStock, 0.02);
}

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
