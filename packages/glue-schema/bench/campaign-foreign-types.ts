/**
 * Does `store schema emit` bear the types of npm? Reads each type of foreign-types.json with the built command, in a
 * process of its own: with `--unmappable json` for columns that DuckDB takes, and without for what it prints. Exits 1
 * where a type takes more than the bounds below, or fewer give columns than must.
 * Usage: campaign-foreign-types.ts [part of a package's name]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { entryFor, type ForeignType, foreignTypes, isInstalled } from '../test/foreign-packages.js';

/** What must be reached. */
const bounds = { cpuSeconds: 20, peakMegabytes: 400, lines: 60, withColumns: 0.97 } as const;

const root = join(import.meta.dirname, '..', '..', '..');
const wanted = process.argv[2] ?? '';
const types = foreignTypes().filter(({ packageName }) => packageName.includes(wanted));
const absent = [...new Set(types.map(({ packageName }) => packageName))].filter((name) => !isInstalled(name));
if (absent.length > 0) {
  console.log(`skipped: not installed are ${absent.join(', ')} (node scripts/prepare-foreign-types.mjs)`);
  process.exit(0);
}
const built = spawnSync(process.execPath, [join(root, 'scripts', 'run.mjs'), 'build', './apps/cli'], {
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(1);
const scratch = mkdtempSync(join(tmpdir(), 'foreign-types-'));
const duckdb = await (await DuckDBInstance.create(':memory:')).connect();

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** Leaves what the process used in a file, as the last thing that it does. */
const meter =
  "data:text/javascript,import{writeFileSync}from'node:fs';" +
  "process.on('exit',()=>writeFileSync(process.env.USAGE_FILE,JSON.stringify(process.resourceUsage())))";

function emit(entry: string, { names }: ForeignType, more: readonly string[]): Run {
  const usageFile = join(scratch, 'usage.json');
  rmSync(usageFile, { force: true });
  const args = ['schema', 'emit', '--entry', entry, '--type', 'Subject', '--names', names, ...more];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', meter, join(root, 'apps', 'cli', 'bin', 'store.js'), ...args],
    {
      cwd: scratch,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: 120_000,
      env: { ...process.env, USAGE_FILE: usageFile },
    },
  );
  // Written by the line above; absent where the process was killed.
  const usage = JSON.parse(readOr(usageFile, '{}')) as Partial<NodeJS.ResourceUsage>;
  return {
    status,
    stdout,
    stderr,
    cpuSeconds: ((usage.userCPUTime ?? Infinity) + (usage.systemCPUTime ?? 0)) / 1e6,
    peakMegabytes: (usage.maxRSS ?? Infinity) / 1024,
  };
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

/** Makes a table of the columns, writes it as Parquet and reads that back: returns what fails. */
async function duckDbRefusal(columns: string): Promise<string | undefined> {
  const file = join(scratch, 'columns.parquet');
  try {
    await duckdb.run(`CREATE OR REPLACE TABLE subject (${columns})`);
    await duckdb.run(`COPY subject TO '${file}' (FORMAT parquet)`);
    await duckdb.run(`SELECT * FROM subject UNION ALL SELECT * FROM read_parquet('${file}')`);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

const failures: string[] = [];
let beyond = 0;
let withColumns = 0;
let [mostCpu, mostMemory, mostLines] = [0, 0, 0];
for (const [number, type] of types.entries()) {
  const name = `${type.packageName} ${type.text}`;
  const entry = entryFor(type, number);
  const mapped = emit(entry, type, ['--unmappable', 'json', '--format', 'duckdb']);
  const refusal =
    mapped.status === 0
      ? await duckDbRefusal(mapped.stdout)
      : `no columns: exit ${mapped.status}: ${mapped.stderr.split('\n')[0] ?? ''}`;
  if (refusal === undefined) withColumns += 1;
  else failures.push(`${name}: ${refusal}`);
  const plain = emit(entry, type, []);
  const lines = plain.stderr.split('\n').length - 1;
  const cpu = Math.max(mapped.cpuSeconds, plain.cpuSeconds);
  const memory = Math.max(mapped.peakMegabytes, plain.peakMegabytes);
  const tooMuch = [
    ...(cpu > bounds.cpuSeconds ? [`${cpu.toFixed(1)} s of processor`] : []),
    ...(memory > bounds.peakMegabytes ? [`${memory.toFixed(0)} MB`] : []),
    ...(lines > bounds.lines ? [`${lines} lines`] : []),
  ];
  beyond += tooMuch.length;
  failures.push(...tooMuch.map((what) => `${name}: ${what}`));
  [mostCpu, mostMemory, mostLines] = [
    Math.max(mostCpu, cpu),
    Math.max(mostMemory, memory),
    Math.max(mostLines, lines),
  ];
  const columns = mapped.status === 0 ? mapped.stdout.split(',\n').length : 0;
  console.log(
    `${refusal === undefined ? 'ok    ' : 'FAILED'} ${cpu.toFixed(1).padStart(5)} s ${memory.toFixed(0).padStart(4)} MB ` +
      `${String(columns).padStart(4)} columns ${String(lines).padStart(3)} lines, exit ${plain.status}  ${name}`,
  );
}
rmSync(scratch, { recursive: true, force: true });
console.log(
  `${withColumns} of ${types.length} types give columns that DuckDB takes; at most ${mostCpu.toFixed(1)} s,`,
);
console.log(`${mostMemory.toFixed(0)} MB, ${mostLines} lines`);
for (const failure of failures) console.log(failure);
process.exitCode = beyond === 0 && withColumns >= types.length * bounds.withColumns ? 0 : 1;
