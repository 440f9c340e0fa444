/**
 * Question: how much CPU does `store --help` take, against Node that does nothing and against two commands that
 * everybody types? It exits 1 above 150 ms.
 *
 * Build first: node_modules/.bin/turbo run build --filter=@store/cli
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '..', 'bin', 'store.js');
const modules = join(import.meta.dirname, '..', '..', '..', 'node_modules');
if (!existsSync(join(import.meta.dirname, '..', 'dist', 'main.js'))) {
  console.error('Build first: node_modules/.bin/turbo run build --filter=@store/cli');
  process.exit(1);
}

const contenders: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['node, doing nothing', ['-e', '0']],
  ['store --help', [bin, '--help']],
  ['store demo --help', [bin, 'demo', '--help']],
  ['tsc --help', [join(modules, 'typescript', 'bin', 'tsc'), '--help']],
  ['eslint --help', [join(modules, 'eslint', 'bin', 'eslint.js'), '--help']],
];
const rounds = 11;

/** User and system time of one run, in milliseconds: the children's time of a shell that runs nothing else. */
function cpuMs(args: readonly string[]): number {
  const script = '"$@" >/dev/null 2>&1; times';
  const output = execFileSync('bash', ['-c', script, 'bash', process.execPath, ...args], {
    encoding: 'utf8',
  });
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
  for (const [name, args] of round % 2 === 0 ? contenders : [...contenders].reverse())
    measured.get(name)?.push(cpuMs(args));
}
const node = median(measured.get('node, doing nothing') ?? []);
console.log('| command | CPU ms, median | times Node itself |\n|---|---:|---:|');
for (const [name, values] of measured) {
  console.log(`| ${name} | ${median(values).toFixed(0)} | ${(median(values) / node).toFixed(2)} |`);
}
if (median(measured.get('store --help') ?? []) > 150) process.exitCode = 1;
