/**
 * Question: how much CPU do commands take, with all processes that they start, against Node that does nothing and against
 * two commands that everybody types? It exits 1 where `store --help` takes more than three times what Node takes.
 *
 * Build first: npm run build -- @store/cli
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '..', 'bin', 'store.js');
const root = join(import.meta.dirname, '..', '..', '..');
const modules = join(root, 'node_modules');
if (!existsSync(join(import.meta.dirname, '..', 'dist', 'main.js'))) {
  console.error('Build first: npm run build -- @store/cli');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'store-start-up-'));
const node = process.execPath;
const low = ['query', '--named', 'low-stock', '--data', 'demo'];
const contenders: readonly (readonly [name: string, command: readonly string[]])[] = [
  ['node, doing nothing', [node, '-e', '0']],
  ['store --version', [node, bin, '--version']],
  ['npm run -s store -- --version', ['npm', '--prefix', root, 'run', '-s', 'store', '--', '--version']],
  ['store --help', [node, bin, '--help']],
  ['store demo --help', [node, bin, 'demo', '--help']],
  ['store generate --max-events 5', [node, bin, 'generate', '--max-events', '5']],
  // Before the query, which reads its lake.
  ['store demo', [node, bin, 'demo', '--out', 'demo']],
  ['store query --named low-stock', [node, bin, ...low]],
  ['tsc --help', [node, join(modules, 'typescript', 'bin', 'tsc'), '--help']],
  ['eslint --help', [node, join(modules, 'eslint', 'bin', 'eslint.js'), '--help']],
];
const rounds = 7;

/** User and system time of one run, in milliseconds: the children's time of a shell that runs nothing else. */
function cpuMs(command: readonly string[]): number {
  const script = '"$@" >/dev/null 2>&1 || exit; times';
  const output = execFileSync('bash', ['-c', script, 'bash', ...command], { encoding: 'utf8', cwd: folder });
  const children = output.trim().split('\n').at(-1) ?? '';
  let total = 0;
  for (const [, minutes, seconds] of children.matchAll(/(\d+)m([\d.]+)s/g))
    total += Number(minutes) * 60 + Number(seconds);
  return total * 1000;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const measured = new Map<string, number[]>(contenders.map(([name]) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, command] of contenders) measured.get(name)?.push(cpuMs(command));
}
rmSync(folder, { recursive: true, force: true });
const nothing = median(measured.get('node, doing nothing') ?? []);
console.log('| command | CPU ms, median | times Node itself |\n|---|---:|---:|');
for (const [name, values] of measured) {
  console.log(`| ${name} | ${median(values).toFixed(0)} | ${(median(values) / nothing).toFixed(2)} |`);
}
if (median(measured.get('store --help') ?? []) > 3 * nothing) process.exitCode = 1;
