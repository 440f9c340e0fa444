// Does the whole M5-sized world have the published statistics, and does the (s, S) core have the optimal costs? Each
// statistic beside its aim on three seeds that the parameters were fitted to (with 2 and 3) and on ten fresh ones, which
// come from a random number that is printed first; then 24 instances of two million periods. Exits 1 when one is off.
//   npm run campaign -- generator/realism [fresh seeds, 10] [random number]
import { randomInt } from 'node:crypto';
import { measureCost, zhengFedergruen } from './measure-theory.js';
import { aims, measureAll, type Aim, type Found } from './realism-aims.js';

const fixedSeeds = [42, 777, 1];
const count = Number(process.argv[2] ?? 10);
const origin = Number(process.argv[3] ?? randomInt(2 ** 31));
const freshSeeds = Array.from({ length: count }, (_, n) => (origin + 7919 * n) % 2 ** 31);
console.log(`Fresh seeds from ${origin}: ${freshSeeds.join(', ')}\n`);

let missed = 0;
const text = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits) : value > 0 ? 'any above' : String(value);
const isMet = ({ least, most, of }: Aim, found: Found): boolean => of(found) >= least && of(found) <= most;

const measured = [...fixedSeeds, ...freshSeeds].map((seed) => {
  const found = measureAll(seed);
  const off = aims.filter((aim) => !isMet(aim, found));
  console.error(`seed ${seed}: ${off.length === 0 ? 'all met' : off.map(({ name }) => name).join(', ')}`);
  return found;
});
const fresh = measured.slice(fixedSeeds.length);

const head = [
  ...['statistic', 'published', 'aim'],
  ...fixedSeeds.map((seed) => `seed ${seed}`),
  ...['fresh, mean', 'fresh, range', 'met'],
];
console.log(`| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|`);
for (const aim of aims) {
  const { name, published, least, most, digits } = aim;
  const values = fresh.map(aim.of);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const off = measured.filter((found) => !isMet(aim, found)).length;
  missed += off;
  const cells = [
    ...[name, published, `${text(least, digits)} to ${text(most, digits)}`],
    ...measured.slice(0, fixedSeeds.length).map((found) => text(aim.of(found), digits)),
    text(mean, digits),
    `${text(Math.min(...values), digits)} to ${text(Math.max(...values), digits)}`,
    off === 0 ? 'yes' : `NO, ${off} of ${measured.length}`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

// No aim of its own: the classes of demand decide how much of it there is.
const shares = [0, 1, 2].map(
  (n) => fresh.reduce((sum, { moves }) => sum + (moves.variance[n] ?? 0), 0) / count,
);
console.log(
  `\nVariance of ln(mean): product ${text(shares[0] ?? 0, 2)}, store ${text(shares[1] ?? 0, 2)}, pair ${text(shares[2] ?? 0, 2)} (published .92, .02, .06)`,
);

console.log('\n| Zheng-Federgruen | published | found | tolerance | met |\n|---|---|---|---|---|');
for (const [mean, s, S, cost] of zhengFedergruen) {
  const found = measureCost(
    { mean, s, S },
    { holding: 1, shortage: 9, order: 64 },
    { seed: 1, series: 2000, days: 1000 },
  );
  const met = Math.abs(found / cost - 1) <= 0.002;
  if (!met) missed++;
  console.log(
    `| mean ${mean}, (${s}, ${S}), cost over optimal | 1 | ${text(found / cost, 5)} | 0.002 | ${met ? 'yes' : 'NO'} |`,
  );
}
console.log(missed === 0 ? '\nEvery statistic is within its aim.' : `\n${missed} statistics are off.`);
process.exitCode = missed === 0 ? 0 : 1;
