import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './folder.js';
import { runStore } from './terminal.js';

test('no command prints the help', async () => {
  const { code, stdout } = await runStore([]);
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: store');
  expect(stdout).toContain('130  stopped by Ctrl-C');
});

test('a trace comes with --verbose and a failure, never with wrong usage', async () => {
  const cwd = '/nowhere';
  const failed = await runStore(['query', 'select 1', '--verbose'], { cwd });
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/\n +at /) as string });
  const wrong = await runStore(['query', '--verbose'], { cwd });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.not.stringMatching(/\n +at /) as string });
});

test.each([
  [['demmo'], "Unknown command 'demmo' (Did you mean demo?)"],
  [['demo', '--sores', '3'], "Unknown option '--sores' (Did you mean --stores?)"],
  [['demo', '--stores', 'many'], 'Expected a whole number from 1 to 1,000,000, got many.'],
  [['demo', '--stores', ''], 'Expected a whole number from 1 to 1,000,000, got nothing.'],
  [['demo', '--preset', ''], 'got nothing.'],
  [['help', 'demmo'], "Unknown command 'demmo' (Did you mean demo?)"],
  [['map', 'sugest', '--help'], "Unknown command 'sugest' (Did you mean suggest?)"],
  [['demo', '--start', '2026-02-30'], 'Expected a day or an instant in UTC'],
  [['generate', '--shard', '4/4'], 'Expected I/N with I from 0 to N-1'],
  [['generate', '--format', 'xml'], 'Allowed choices are ndjson, csv, parquet.'],
  [['query', '--named'], "Option '--named <name>' argument missing. See `store query --help`."],
  [['demo', 'surplus'], "Too many arguments for 'demo'."],
  [['demo', '--preset', 'workshop'], 'Expected one of m5, fresh, highLow, audit, theory, got workshop.'],
  [['up', '--preset', 'hihglow'], 'got hihglow. Did you mean highLow? See `store up --help`.'],
  [['up', '--chaos', 'lost=1'], 'Unknown option `chaos.lost`'],
  [['generate', '--stores', '100000', '--products', '100000'], 'at most'],
  [['restock', 'confirm', ''], 'Expected the id of a request; `store restock status` lists them.'],
])('%j is wrong usage: exit 2 and one line', async (args, complaint) => {
  const { code, stdout, stderr } = await runStore(args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(complaint);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test.each([
  [['emulator', '--faults', 'missing.json'], '--faults'],
  [['invoke', 'plan', '--event', 'missing.json'], '--event'],
  [['ingest', 'missing.csv', '--dry-run'], '<source>'],
  [['replay', 'missing.rejects'], '<rejects>'],
  [['map', 'test', 'missing.csv', '--map', 'inventory'], '<file>'],
])('%j names a file that is not there: exit 2 before anything is opened', async (args, place) => {
  const cwd = await temporaryFolder();
  const { code, stderr } = await runStore(args, { cwd });
  expect(stderr).toContain(
    `There is no file or folder ${join(cwd, args.find((arg) => arg.includes('.')) ?? '')}`,
  );
  expect(stderr).toContain(`which ${place} names.`);
  expect(code).toBe(2);
  expect(await readdir(cwd)).toEqual([]);
});

const filesWritten = [
  [['generate', '-o'], '--output'],
  [['generate', '--plot'], '--plot'],
  [['query', '--named', 'turnover', '--format', 'csv', '-o'], '--output'],
  [['calibrate', 'a-file', '-o'], '--output'],
  [['calibrate', 'a-file', '-o', 'world.json', '--report'], '--report'],
  [['ingest', 'a-file', '--rejects'], '--rejects'],
  [['schema', 'adopt', '--entry', 'a-file', '--type', 'A', '--out'], '--out'],
  [['world', 'init'], '<file>'],
] as const;
/** With the folders that they need. */
const foldersMade = [
  [['generate', '--partition-by', 'date', '-o'], '--output'],
  [['ingest', 'a-file', '--cursor'], '--cursor'],
  [['schema', 'emit', '--entry', 'a-file', '--type', 'A', '--out'], '--out'],
  [['demo', '--out'], '--out'],
  [['up', '--data'], '--data'],
  [['emulator', '--data'], '--data'],
] as const;

/** Runs a command where `a-file` and `a-folder` are; it must refuse its last argument, and leave nothing. */
async function refused(args: readonly string[]): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'a-file'), '');
  await mkdir(join(cwd, 'a-folder'));
  const { code, stderr } = await runStore(args, { cwd });
  expect((await readdir(cwd)).sort()).toEqual(['a-file', 'a-folder']);
  expect(code).toBe(2);
  return stderr.replaceAll(`${cwd}/`, '');
}

test.each([...filesWritten, ...foldersMade])(
  '%j below a file: exit 2 before anything is begun',
  async (args, place) => {
    expect(await refused([...args, 'a-file/x'])).toContain(`a-file is no folder, and ${place} names a`);
  },
);

test.each(filesWritten)(
  '%j in no folder, or as a folder: exit 2 before anything is begun',
  async (args, place) => {
    const nowhere = await refused([...args, 'no folder/x']);
    expect(nowhere).toContain(`There is no folder no folder, in which ${place} names a file.`);
    expect(nowhere).toMatch(/Fix: Make it with `mkdir -p '.*no folder'`/);
    expect(await refused([...args, 'a-folder'])).toContain(
      `a-folder is a folder, and ${place} needs a file.`,
    );
  },
);

test.each(['restock', 'schema', 'map', 'world'])('%s alone prints its help', async (group) => {
  const { code, stdout, stderr } = await runStore([group]);
  expect(stdout).toContain(`Usage: store ${group} [options] [command]`);
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test.each([
  [['help'], 'Usage: store [options] [command]'],
  [['help', 'demo'], 'Usage: store demo [options]'],
  [['help', 'restock', 'plan'], 'Usage: store restock plan [options]'],
  [['restock', 'help', 'plan'], 'Usage: store restock plan [options]'],
  [['stream', 'help'], 'Usage: store stream [options] [command]'],
  [['help', 'map'], 'Usage: store map [options] [command]'],
])('%j prints the help of that command', async (args, usage) => {
  const { code, stdout, stderr } = await runStore(args);
  expect(stdout).toContain(`${usage}\n`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('with --json an error is a JSON document with a stable code', async () => {
  const { code, stderr } = await runStore(['demo', '--json', '--stores', '0']);
  expect(code).toBe(2);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'USAGE' } });
});

test.each([
  [['query', 'select 1', '--data', ''], '--data'],
  [['sql', '--data', ''], '--data'],
  [['up', '--data', ''], '--data'],
  [['demo', '--out', ''], '--out'],
  [['doctor', '--data', ''], '--data'],
  [['stream', '--stream', ''], '--stream'],
  [['init', ''], '<folder>'],
  [['ingest', ''], '<source>'],
  [['world', 'check', ''], '<file>'],
  [['map', 'show', ''], '<name>'],
  [['benchmark', '--policy', ''], '--policy'],
])('%s: an empty word is wrong usage, and names its place', async (args, place) => {
  const { code, stdout, stderr } = await runStore(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(new RegExp(`^Error: Expected ${place} to .*, got nothing\\. See `));
});

test('--no-color leaves colours out of results, help and errors, as NO_COLOR does', async () => {
  for (const args of [['doctor'], ['doctor', '--help'], ['doctor', '--nope']]) {
    const said = async (...more: readonly string[]): Promise<string> => {
      const { stdout, stderr } = await runStore([...args, ...more], {
        columns: 80,
        env: { FORCE_COLOR: '1' },
      });
      return stdout + stderr;
    };
    expect(await said()).toContain('\u001b[');
    expect(await said('--no-color')).not.toContain('\u001b[');
  }
});
