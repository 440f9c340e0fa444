import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { runCli } from '../src/cli.js';

/** Runs the command with streams of our own. */
async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(args, {
    stdin: new PassThrough(),
    stdout,
    stderr,
    env: {},
    cwd: '/',
    signal: new AbortController().signal,
  });
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, stdout: read(stdout), stderr: read(stderr) };
}

test('no command prints the help', async () => {
  const { code, stdout } = await run();
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: store');
});

test.each([
  [['demmo'], "Unknown command 'demmo' (Did you mean demo?)"],
  [['demo', '--sores', '3'], "Unknown option '--sores' (Did you mean --stores?)"],
  [['demo', '--stores', 'many'], 'Expected a whole number from 1 to 1,000,000, got many.'],
  [['demo', '--start', '2026-02-30'], 'Expected a day or an instant in UTC'],
  [['generate', '--shard', '4/4'], 'Expected I/N with I from 0 to N-1'],
  [['generate', '--format', 'xml'], 'Allowed choices are ndjson, csv, parquet.'],
])('%j is wrong usage: exit 2 and one line', async (args, complaint) => {
  const { code, stdout, stderr } = await run(...args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(complaint);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
