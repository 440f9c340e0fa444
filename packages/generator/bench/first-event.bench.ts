// What does a fresh process pay until a world has told its first events? Whole processes of their own, each at 10,000
// series: CPU time from the import of the package to the 20,000th event, against 20,000 events of the steady state of the
// same process; and beside it the whole process, with Node's own start. More than half is the compiler's, which works
// beside the events on threads of its own: with `node --no-opt` the first events cost less than half. Medians; exits 1
// above the floor.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const rounds = 7;
const floor = 12;
const child = fileURLToPath(import.meta.resolve('./first-events.mjs'));

const median = (values: readonly number[]): number =>
  [...values].sort((x, y) => x - y)[values.length >> 1] ?? 0;

/** Nanoseconds of CPU an event: the first 20,000, the same with the whole process before, 20,000 of the steady state. */
function measure(way: string): readonly [first: number, whole: number, steady: number] {
  const { stdout, status, stderr } = spawnSync(process.execPath, [child, way], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [first = 0, whole = 0, steady = 0] = stdout.split(' ').map(Number);
  return [first, whole, steady];
}

console.log(
  '| way | first 20,000, ns an event | with the whole process | steady state | ratio | at most | ratio of the whole process |',
);
console.log('|---|---|---|---|---|---|---|');
let missed = false;
for (const way of ['ndjson', 'columns', 'events']) {
  const found = Array.from({ length: rounds }, () => measure(way));
  const first = median(found.map(([cost]) => cost));
  const whole = median(found.map(([, cost]) => cost));
  const steady = median(found.map(([, , cost]) => cost));
  const ratio = median(found.map(([a, , c]) => a / c));
  const ofWhole = median(found.map(([, b, c]) => b / c));
  const bound = way === 'ndjson' ? floor : Infinity;
  if (ratio > bound) missed = true;
  const most = bound === Infinity ? '' : String(bound);
  const cells = [
    first.toFixed(0),
    whole.toFixed(0),
    steady.toFixed(0),
    ratio.toFixed(1),
    most,
    ofWhole.toFixed(1),
  ];
  console.log(`| ${way} | ${cells.join(' | ')} |`);
}
process.exitCode = missed ? 1 : 0;
