// Does calibrate find the demand behind a history's sales? The estimates of a table of four (no stock, records, a true flag,
// and no correction at all), with what a world of the file wants and sells; the truncation test of Agrawal and Smith
// (Naval Research Logistics 43, 1996). Fixed and fresh seeds; exits 1 when a goal is missed.
//   npm run campaign -- generator/calibrate [fresh seeds, 2]
import { calibrate, type Calibration } from '../src/calibrate/index.js';
import { salesRows, simulateHistory, type SalesHistory, type StockColumns } from './sales-history.js';

const fresh = Array.from({ length: Number(process.argv[2] ?? 2) }, () => Math.floor(Math.random() * 2 ** 31));
const sizes = [
  { seed: 1, stores: 10, products: 200, days: 730 },
  { seed: 2, stores: 4, products: 30, days: 400 },
  ...fresh.map((seed) => ({ seed, stores: 10, products: 100, days: 365 })),
];
const start = '2024-01-01';
let missed = 0;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function goal(name: string, found: number, most: number): void {
  if (Math.abs(found) <= most) return;
  missed++;
  console.log(`MISSED: ${name} is ${percent(found)}, and at most ${percent(most)} is the goal.`);
}

const total = (values: Int32Array): number => values.reduce((sum, value) => sum + value, 0);
function quantile(values: readonly number[], at: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * at)] ?? 0;
}

/** What a file expects of each series on the days of a history, over what came to its shelf. */
function ratios(
  { world }: Calibration,
  history: SalesHistory,
): { readonly all: number; readonly each: number[] } {
  const { calendar = {}, demand = {} } = world;
  const stores = typeof world.stores === 'object' ? world.stores : [];
  const means = new Map((demand.series ?? []).map((one) => [`${one.store_id} ${one.product_id}`, one.mean]));
  const { weekdays = [], months = [] } = calendar;
  const each: number[] = [];
  let [expected, came] = [0, 0];
  const dates = Array.from({ length: history.days }, (_, t) => new Date((history.firstDay + t) * 86_400_000));
  for (const [s, store_id] of history.stores.entries()) {
    const given = stores[s]?.holidays;
    const holidays = new Map(typeof given === 'object' ? Object.entries(given) : []);
    const factors = dates.map((date) => {
      const iso = date.toISOString().slice(0, 10);
      const holiday = Number(holidays.get(iso) ?? holidays.get(iso.slice(5)) ?? 1);
      return (weekdays[(date.getUTCDay() + 6) % 7] ?? 1) * (months[date.getUTCMonth()] ?? 1) * holiday;
    });
    for (const [p, product_id] of history.products.entries()) {
      const mean = means.get(`${store_id} ${product_id}`);
      if (mean === undefined) continue;
      const from = (s * history.products.length + p) * history.days;
      const cents = history.cents.subarray(from, from + history.days);
      const everyday = cents.reduce((a, b) => Math.max(a, b), 0);
      let [sum, units] = [0, 0];
      for (let t = 0; t < history.days; t++) {
        if (history.open[from + t] === 0) continue;
        sum += mean * (factors[t] ?? 1) * ((cents[t] ?? 0) / everyday) ** -(demand.elasticity ?? 2);
        units += history.wanted[from + t] ?? 0;
      }
      expected += sum;
      came += units;
      if (total(history.sold.subarray(from, from + history.days)) >= 20) each.push(sum / units - 1);
    }
  }
  return { all: expected / came - 1, each };
}

console.log(
  '| history | columns | total | median series | mean abs | 90th | elasticity | coverage off by | simulated: wanted | sold |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|');
for (const size of sizes) {
  const history = simulateHistory({ ...size, start });
  for (const stock of ['none', 'on_hand', 'flag'] satisfies StockColumns[]) {
    // Everyone who came to the shelf, as the history has them.
    const came = calibrate(salesRows(history, stock), { substitution: 0 });
    const { all, each } = ratios(came, history);
    const off = each.map(Math.abs);
    const coverage = Math.max(
      ...Object.entries(came.report.coverage).map(([key, share]) => Math.abs(share - Number(key))),
    );
    const file = calibrate(salesRows(history, stock)).world;
    const again = simulateHistory({ ...file, seed: size.seed + 1, start, days: size.days });
    const wanted = total(again.demand) / total(history.demand) - 1;
    const sold = total(again.sold) / total(history.sold) - 1;
    const { seed, stores, products, days } = size;
    const cells = [
      `${stores} × ${products} × ${days}, seed ${seed}`,
      stock,
      percent(all),
      percent(quantile(each, 0.5)),
      percent(off.reduce((sum, one) => sum + one, 0) / off.length),
      percent(quantile(off, 0.9)),
      String(came.world.demand?.elasticity),
      coverage.toFixed(3),
      percent(wanted),
      percent(sold),
    ];
    console.log(`| ${cells.join(' | ')} |`);
    if (stock !== 'flag') continue;
    goal('total', all, 0.02);
    goal('median series', quantile(off, 0.5), 0.08);
    goal('coverage', coverage, 0.03);
    goal('what the simulated world wants', wanted, 0.02);
    // Another world by chance, and without the shocks that stores and products have in common.
    goal('what the simulated world sells', sold, 0.03);
  }
}

console.log('\n| truncation, seed | lost | without correction | corrected |\n|---|---|---|---|');
for (const seed of [3, ...fresh]) {
  const complete = simulateHistory({ seed, stores: 5, products: 60, start, days: 365 });
  const whole = means(complete.demand, new Uint8Array(complete.demand.length).fill(1), false);
  for (const least of [2.5, 1.5, 0.5]) {
    const { days, demand } = complete;
    const sold = new Int32Array(demand.length);
    const inStock = new Uint8Array(demand.length);
    for (let at = 0; at < demand.length; at++) {
      const from = Math.floor(at / days) * days;
      const mean = total(demand.subarray(from, from + days)) / days;
      const stock = Math.max(1, Math.round(mean * (least + ((at * 7919) % 16) / 8)));
      sold[at] = Math.min(demand[at] ?? 0, stock);
      inStock[at] = (demand[at] ?? 0) < stock ? 1 : 0;
    }
    const lost = 1 - total(sold) / total(demand);
    const [without, corrected] = [
      means(sold, inStock, false) / whole - 1,
      means(sold, inStock, true) / whole - 1,
    ];
    console.log(`| ${seed} | ${percent(lost)} | ${percent(without)} | ${percent(corrected)} |`);
    goal('the corrected total', corrected, lost < 0.2 ? 0.02 : 0.04);
  }

  function means(sold: Int32Array, inStock: Uint8Array, flag: boolean): number {
    const rows = salesRows({ ...complete, sold, inStock }, flag ? 'flag' : 'none');
    const { world } = calibrate(rows, { substitution: 0, holdOutDays: 0 });
    return (world.demand?.series ?? []).reduce((sum, { mean }) => sum + mean, 0);
  }
}
console.log(missed === 0 ? '\nEvery goal is met.' : `\n${missed} goals are missed.`);
process.exitCode = missed === 0 ? 0 : 1;
