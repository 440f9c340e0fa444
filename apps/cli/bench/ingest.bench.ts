/**
 * What does a row of a file cost `store ingest`, from its bytes to the acknowledgement, in CPU time of the command?
 * `npm run bench -- ingest` measures this build; with STORE_OTHER=DIR the built command of another checkout, too, by turns.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

const ROUNDS = 3;
const folder = await mkdtemp(join(tmpdir(), 'store-bench-ingest-'));
const builds = [['this build', join(import.meta.dirname, '..')]];
if (process.env.STORE_OTHER !== undefined)
  builds.push(['the other', join(process.env.STORE_OTHER, 'apps/cli')]);

/** Takes every record immediately: what is measured is the command. */
const server = createServer((request, response) => {
  void buffer(request).then((body) => {
    const count = body.toString('latin1').split('"Data"').length - 1;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    const answers = Array.from({ length: count }, (_, n) => ({ RecordId: String(n) }));
    response.end(JSON.stringify({ FailedPutCount: 0, Encrypted: false, RequestResponses: answers }));
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;

// Leaves the CPU time of the whole process behind.
const hook = join(folder, 'hook.mjs');
await writeFile(
  hook,
  `import { writeFileSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  if (process.env.CPU_FILE) writeFileSync(process.env.CPU_FILE, String(userCPUTime + systemCPUTime));
});`,
);

/** Runs a command of a build; returns microseconds of CPU. */
async function run(build: string, args: readonly string[]): Promise<number> {
  const cpuFile = join(folder, 'cpu');
  const child = spawn(process.execPath, ['--import', hook, join(build, 'bin', 'store.js'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, CPU_FILE: cpuFile },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`store ${args.join(' ')} ended with ${code}.`);
  return Number(await readFile(cpuFile, 'utf8'));
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const [own] = builds;
await run(own?.[1] ?? '', [
  'generate',
  '--stores',
  '40',
  '--products',
  '100',
  '--days',
  '60',
  '-o',
  'world.csv',
]);
const lines = (await readFile(join(folder, 'world.csv'), 'utf8')).trimEnd().split('\n');
const [header = ''] = lines;
const rows = Array.from({ length: 100_000 }, (_, n) => lines[1 + (n % (lines.length - 1))] ?? '');
const files: Readonly<Record<string, string>> = {
  'plain.csv': [header, ...rows].join('\n'),
  'few.csv': [header, ...rows.slice(0, 1000)].join('\n'),
};
for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);

console.log(`| build | µs of CPU a row | of it the start, s |`);
console.log('| --- | ---: | ---: |');
const found = new Map<string, number[]>();
const starts = new Map<string, number[]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name = '', build = ''] of round % 2 === 0 ? builds : builds.toReversed()) {
    const ingest = (file: string): Promise<number> => run(build, ['ingest', file, '--no-cursor', '--quiet']);
    const few = await ingest('few.csv');
    const many = await ingest('plain.csv');
    found.set(name, [...(found.get(name) ?? []), (many - few) / (rows.length - 1000)]);
    starts.set(name, [...(starts.get(name) ?? []), few / 1e6]);
  }
}
for (const [name, perRow] of found)
  console.log(`| ${name} | ${median(perRow).toFixed(2)} | ${median(starts.get(name) ?? []).toFixed(2)} |`);
const [mine = [], theirs] = [...found.values()];
if (theirs !== undefined) {
  const pairs = mine.map((value, n) => (theirs[n] ?? Number.NaN) / value);
  console.log(
    `\nRows a CPU second: ${median(pairs).toFixed(2)} times the other build (median of ${ROUNDS} pairs).`,
  );
}
server.close();
await rm(folder, { recursive: true });
