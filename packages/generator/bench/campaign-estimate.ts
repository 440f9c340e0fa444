// How far is `world.estimate()` from what a world tells, and what does it cost? Worlds of many sizes, lengths and presets
// that a number draws, read to their ends: those of the fixed number are what README.md and src/world/world.ts quote, those of a
// fresh one show that they are nothing special. Exits 1 when more is off than the goals below.
//   npm run campaign -- generator/estimate [worlds of each, 100] [fresh number]
import { createHash, randomInt } from 'node:crypto';
import { createWorld, type WorldOptions } from '../src/index.js';

const count = Number(process.argv[2] ?? 100);
const fresh = Number(process.argv[3] ?? randomInt(2 ** 31));
/** Share by which the events or bytes of nine worlds in ten, and of all, may be off. */
const goals = { nine: 0.02, all: 0.04 };
const presets = ['m5', 'fresh', 'highLow', 'audit', 'theory'] as const;
/** Series-days that a world has at least, so that it is not counted, and at most, so that it is soon read. */
const [LEAST, MOST] = [100_000, 5_000_000];

/** The world of a number: sizes and lengths that are even in their logarithms. */
function optionsOf(origin: number, n: number): WorldOptions & { readonly seed: number } {
  const draw = (what: string): number =>
    createHash('sha256').update(`${origin} ${n} ${what}`).digest().readUInt32BE(0) / 2 ** 32;
  const between = (what: string, least: number, most: number): number =>
    Math.round(least * (most / least) ** draw(what));
  const days = between('days', 3, 1500);
  const series = between('series days', LEAST, MOST) / days;
  const stores = Math.max(1, Math.min(400, Math.round(series / between('products', 20, 4000))));
  const products = Math.max(1, Math.round(series / stores));
  const start = new Date(Date.UTC(2026, 0, 1 + Math.floor(365 * draw('start'))));
  const preset = presets[Math.floor(draw('preset') * presets.length)] ?? 'm5';
  return { seed: between('seed', 1, 2 ** 31), stores, products, days, start, preset };
}

function told(options: WorldOptions): { readonly events: number; readonly bytes: number } {
  const sums = { events: 0, bytes: 0 };
  for (const chunk of createWorld(options).ndjson({ lend: true })) {
    sums.bytes += chunk.length;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) sums.events++;
  }
  return sums;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const quantile = (values: readonly number[], at: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * at) - 1)] ?? 0;

console.log(`Fresh number: ${fresh}\n`);
console.log('| number | worlds | events of one | 9 in 10 within | all within | CPU of an estimate |');
console.log('|---|---|---|---|---|---|');
let missed = 0;
for (const origin of [1, fresh]) {
  const off: number[] = [];
  const costs: number[] = [];
  const sizes: number[] = [];
  for (let n = 0; n < count; n++) {
    const options = optionsOf(origin, n);
    const world = createWorld(options);
    const before = process.cpuUsage();
    const estimate = world.estimate();
    const { user, system } = process.cpuUsage(before);
    if (estimate.exact) continue;
    const { events, bytes } = told(options);
    const worst = Math.max(Math.abs(estimate.events / events - 1), Math.abs(estimate.bytes / bytes - 1));
    if (worst > goals.nine) console.error(`${percent(worst)} off: ${JSON.stringify(options)}`);
    off.push(worst);
    sizes.push(events);
    costs.push((user + system) / 1000);
  }
  const [nine, all] = [quantile(off, 0.9), quantile(off, 1)];
  if (nine > goals.nine || all > goals.all) missed++;
  const millions = (events: number): string => (events / 1e6).toFixed(2);
  const cells = [
    String(origin),
    String(off.length),
    `${millions(quantile(sizes, 0))} to ${millions(quantile(sizes, 1))} million`,
    percent(nine),
    percent(all),
    `${quantile(costs, 0).toFixed(0)} to ${quantile(costs, 1).toFixed(0)} ms, half below ${quantile(costs, 0.5).toFixed(0)}`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
console.log(missed === 0 ? '\nEvery goal is met.' : `\n${missed} of 2 goals are missed.`);
process.exitCode = missed === 0 ? 0 : 1;
