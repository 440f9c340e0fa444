import { expect, test } from 'vitest';
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
  [['demo', '--start', '2026-02-30'], 'Expected a day or an instant in UTC'],
  [['generate', '--shard', '4/4'], 'Expected I/N with I from 0 to N-1'],
  [['generate', '--format', 'xml'], 'Allowed choices are ndjson, csv, parquet.'],
  [['query', '--named'], "Option '--named <name>' argument missing. See --help."],
  [['demo', 'surplus'], "Too many arguments for 'demo'."],
])('%j is wrong usage: exit 2 and one line', async (args, complaint) => {
  const { code, stdout, stderr } = await runStore(args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(complaint);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('with --json an error is a JSON document with a stable code', async () => {
  const { code, stderr } = await runStore(['demo', '--json', '--stores', '0']);
  expect(code).toBe(2);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'USAGE' } });
});
