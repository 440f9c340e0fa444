// What does a fresh process pay until a world has told its first events? Whole processes of their own, each at 10,000
// series: CPU time from the import of the package to the 20,000th event, against 20,000 events of the steady state of the
// same process. Medians; exits 1 above the floor.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const rounds = 7;
const floor = 12;
const child = fileURLToPath(import.meta.resolve('./first-events.mjs'));

const median = (values: readonly number[]): number =>
  [...values].sort((x, y) => x - y)[values.length >> 1] ?? 0;

/** Nanoseconds of CPU an event of a fresh process: the first 20,000, and 20,000 of the steady state. */
function measure(way: string): readonly [first: number, steady: number] {
  const { stdout, status, stderr } = spawnSync(process.execPath, [child, way], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [first = 0, steady = 0] = stdout.split(' ').map(Number);
  return [first, steady];
}

console.log('| way | first 20,000, ns an event | steady state, ns an event | ratio | at most |');
console.log('|---|---|---|---|---|');
let missed = false;
for (const way of ['ndjson', 'columns', 'events']) {
  const found = Array.from({ length: rounds }, () => measure(way));
  const first = median(found.map(([cost]) => cost));
  const steady = median(found.map(([, cost]) => cost));
  const ratio = median(found.map(([a, b]) => a / b));
  const bound = way === 'ndjson' ? floor : Infinity;
  if (ratio > bound) missed = true;
  const most = bound === Infinity ? '' : String(bound);
  console.log(`| ${way} | ${first.toFixed(0)} | ${steady.toFixed(0)} | ${ratio.toFixed(1)} | ${most} |`);
}
process.exitCode = missed ? 1 : 0;
