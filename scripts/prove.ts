/**
 * Proves on a real account what only an account can show: deploys a stage, sends a day of a world each round, compares
 * counts, and destroys the stage. It costs money; `--dry-run` says each command and runs none.
 *
 *   npm run prove [-- --stage NAME --stores N --products N --rounds N --every SECONDS --within SECONDS --keep --dry-run]
 *
 * By default 24 rounds, one an hour: a day.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { npmPath } from './programs.mjs';
import { prove, type ProveOptions, type ProveTools } from './prove-deployment.js';

const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: 'prove' },
    stores: { type: 'string', default: '50' },
    products: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '24' },
    every: { type: 'string', default: '3600' },
    within: { type: 'string', default: '900' },
    keep: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
  },
});
const dryRun = values['dry-run'];

function whole(name: 'stores' | 'products' | 'rounds' | 'every' | 'within'): number {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  console.error(`Expected --${name} to be a whole number above 0, got ${values[name]}.`);
  process.exit(2);
}

if (!/^[a-z][a-z0-9]{0,11}$/.test(values.stage) || values.stage === 'prod' || values.stage === 'dev') {
  console.error(
    `Expected --stage to be a stage of its own, up to 12 lower-case letters and digits, got ${values.stage}.`,
  );
  process.exit(2);
}

const options: ProveOptions = {
  stage: values.stage,
  stores: whole('stores'),
  products: whole('products'),
  rounds: whole('rounds'),
  everySeconds: whole('every'),
  withinSeconds: whole('within'),
  keep: values.keep,
};

function run(program: string, args: readonly string[]): string {
  console.error(`$ ${[program, ...args].map(quoted).join(' ')}`);
  if (dryRun) return '';
  const [file, given] = program === 'npm' ? [process.execPath, [npmPath(), ...args]] : [program, [...args]];
  const { status, stdout, error } = spawnSync(file, given, {
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  if (status !== 0)
    throw new Error(`${program} ${args.slice(0, 3).join(' ')} ended with exit code ${String(status)}.`);
  return stdout;
}

function invoke(name: string, payload: object): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'prove-'));
  const file = join(folder, 'answer.json');
  try {
    const said = run('aws', [
      ...['lambda', 'invoke', '--function-name', name, '--cli-read-timeout', '310'],
      ...['--cli-binary-format', 'raw-in-base64-out', '--payload', JSON.stringify(payload)],
      ...['--query', 'FunctionError', '--output', 'text', file],
    ]);
    if (dryRun) return {};
    const answer = readFileSync(file, 'utf8');
    if (said.trim() !== 'None') throw new Error(`${name}: ${answer}`);
    return JSON.parse(answer);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const tools: ProveTools = {
  run,
  invoke,
  wait: async (seconds) => {
    if (!dryRun) await sleep(seconds * 1000);
  },
  say: (line) => {
    console.log(line);
  },
  dryRun,
};

const quoted = (word: string): string =>
  /^[\w./:=@%-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

const wrong = await prove(options, tools);
console.log(
  dryRun
    ? 'Nothing was run.'
    : wrong.length === 0
      ? 'Everything is as the world says.'
      : `${wrong.length} comparisons are wrong.`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
