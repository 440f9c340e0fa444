/**
 * How much CPU does a cold start take, from the start of the process until the function is loaded and set up: the bundle as it is
 * deployed, and the same code with its packages left in node_modules, each against a Node that does nothing? Fresh
 * processes, rounds interleaved, the least of each: what else the machine does only adds. And how large is each bundle?
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildBundles, functionNames, loadedAtStart } from '../test/bundles.js';

/** `generate` may take this many times the CPU of a bare Node. */
const mostOfGenerate = 5;

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
  DATABASE: 'd',
  TABLE: 't',
  REQUEST_QUEUE_URL: 'https://example.com/q',
  EARLY_REQUEST_QUEUE_URL: 'https://example.com/q',
  REJECT_QUEUE_URL: 'https://example.com/q',
  QUEUE_URL: 'https://example.com/q',
  GENERIC_WEBHOOK_SECRET: 'ssm:/secret',
  RESTOCK_TABLE: 'restock',
  EVENT_BUS_NAME: 'default',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** CPU milliseconds of a process that loads a file, or nothing. */
function processMs(file: string | undefined): number {
  // No option for modules: a bare Node has no need to set up their loader, and its price is a function's.
  const report = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)';
  const script = file === undefined ? report : `import(${JSON.stringify(file)}).then(() => { ${report} })`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { env, encoding: 'utf8' });
  const ms = Number(stdout.trim());
  if (stdout.trim() === '' || Number.isNaN(ms)) throw new Error(stderr);
  return ms;
}

/** What is run, by name; the order turns around each round. */
const runs = new Map<string, string | undefined>([['bare', undefined]]);
for (const name of functionNames) {
  runs.set(`${name} bundled`, join(bundled, name, 'index.mjs'));
  runs.set(`${name} unbundled`, join(unbundled, name, 'index.mjs'));
}
const least = new Map<string, number>();
for (let round = 0; round < rounds; round++) {
  for (const [name, file] of round % 2 === 0 ? runs : [...runs].reverse()) {
    least.set(name, Math.min(least.get(name) ?? Number.POSITIVE_INFINITY, processMs(file)));
  }
}
rmSync(unbundled, { recursive: true });

const kilobytes = (folder: string, files: readonly string[]): string =>
  (
    files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0) /
    1000
  ).toFixed(0);
const bare = least.get('bare') ?? Number.NaN;
const timesBare = (name: string): number => (least.get(name) ?? Number.NaN) / bare;

console.log(
  `Node ${process.version}, the least of ${rounds} rounds; Node alone takes ${bare.toFixed(0)} ms of CPU\n`,
);
console.log(
  '| function | KB compressed | of them at start | CPU, times Node alone | packages in node_modules |',
);
console.log(
  '| -------- | ------------: | ---------------: | --------------------: | -----------------------: |',
);
for (const name of functionNames) {
  const folder = join(bundled, name);
  const [fast, slow] = [timesBare(`${name} bundled`), timesBare(`${name} unbundled`)];
  console.log(
    `| ${name} | ${kilobytes(folder, readdirSync(folder))} | ${kilobytes(folder, loadedAtStart(folder))} | ${fast.toFixed(2)} | ${slow.toFixed(2)} |`,
  );
}
if (!(timesBare('generate bundled') <= mostOfGenerate)) {
  console.error(`Expected generate to take at most ${mostOfGenerate} times the CPU of Node alone.`);
  process.exitCode = 1;
}
