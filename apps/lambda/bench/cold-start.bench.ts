/**
 * How much CPU does a cold start spend on loading a function: the bundle as it is deployed, against the same code
 * with its packages left in node_modules, AWS SDK included? Fresh processes, rounds interleaved, medians.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildBundles, functionNames } from '../test/bundles.js';

const rounds = Number(process.argv[2] ?? 11);
const here = fileURLToPath(new URL('..', import.meta.url));
// Inside the package, so that its node_modules are found.
const unbundled = mkdtempSync(join(here, 'temp-unbundled-'));
await build({
  absWorkingDir: here,
  entryPoints: functionNames.map((name) => ({ in: `src/${name}.ts`, out: `${name}/index` })),
  outdir: unbundled,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@store/source', 'module'],
  external: ['@aws-sdk/*', '@aws-lambda-powertools/*'],
});
const bundled = await buildBundles();

const env = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'x',
  STREAM_NAMES: 's',
  STREAM_NAME: 's',
  DATABASE: 'd',
  TABLE: 't',
  REQUEST_QUEUE_URL: 'https://example.com/q',
  EVENT_BUS_NAME: 'default',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

function loadMs(file: string): number {
  const script = `const before = process.cpuUsage(); await import(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000)`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env,
    encoding: 'utf8',
  });
  const ms = Number(stdout.trim());
  if (stdout.trim() === '' || Number.isNaN(ms)) throw new Error(stderr);
  return ms;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

console.log(`Node ${process.version}, ${rounds} rounds, CPU milliseconds of loading and setting up\n`);
console.log('| function | bundled | packages in node_modules | ratio |');
console.log('| -------- | ------: | -----------------------: | ----: |');
let failed = false;
for (const name of functionNames) {
  const times = { bundled: [] as number[], unbundled: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const pair = [
      ['bundled', bundled],
      ['unbundled', unbundled],
    ] as const;
    for (const [kind, folder] of round % 2 === 0 ? pair : [...pair].reverse()) {
      times[kind].push(loadMs(join(folder, name, 'index.mjs')));
    }
  }
  const [fast, slow] = [median(times.bundled), median(times.unbundled)];
  console.log(`| ${name} | ${fast.toFixed(1)} | ${slow.toFixed(1)} | ${(slow / fast).toFixed(1)} |`);
  failed ||= fast * 2 > slow;
}
rmSync(unbundled, { recursive: true });
if (failed) {
  console.error('Expected every bundle to load in at most half of the CPU.');
  process.exitCode = 1;
}
