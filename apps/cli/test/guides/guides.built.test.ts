import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { matchesShown, readGuide, runGuide } from './guide.js';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'guides');

/** Has a test of its own: its files are for three test runners. */
const elsewhere = 'use-in-tests.md';
const guides = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== elsewhere);

/** What guides install, once for those that install the same. */
const installs = mkdtempSync(join(tmpdir(), 'store-guides-'));
afterAll(() => {
  rmSync(installs, { recursive: true, force: true });
});

test.each(guides)('%s runs as it is written, from its first command to its last', async (name) => {
  const blocks = readGuide(readFileSync(join(folder, name), 'utf8'));
  const { code, printed, last } = await runGuide(blocks, installs);
  expect(code, last).toBe(0);
  let line = 0;
  for (const block of blocks) {
    if (block.kind === 'commands') line = block.line;
    if (block.kind !== 'output') continue;
    const said = printed.get(line) ?? '';
    // The two texts, so that a failure shows what differs.
    if (!matchesShown(block.body, said)) expect(said, `line ${block.line}`).toBe(block.body);
  }
});

describe('what a guide shows', () => {
  test.each([
    ['a\nb\n', 'a\nb\n', true],
    ['a\n', 'a\nb\n', false],
    ['id in-…, 3 rows\n', 'id in-0f3a, 3 rows\n', true],
    ['id in-…, 3 rows\n', 'id in-0f3a, 4 rows\n', false],
    ['a\n…\nd\n', 'a\nb\nc\nd\n', true],
    ['a\n…\n', 'b\nc\n', false],
    ['1.5 (a)\n', '1x5 (a)\n', false],
  ])('%j and %j: %s', (shown, printed, expected) => {
    expect(matchesShown(shown, printed)).toBe(expected);
  });

  test('files are named behind the language or in a comment', () => {
    expect(() => readGuide('```json\n{}\n```\n')).toThrow('Line 1: a block of json names no file.');
    const text = '```json a.json\n{}\n```\n\n```ts\n// src/b.ts\nlet b;\n```\n';
    expect(readGuide(text)).toEqual([
      { kind: 'file', path: 'a.json', body: '{}\n', line: 1 },
      { kind: 'file', path: 'src/b.ts', body: '// src/b.ts\nlet b;\n', line: 5 },
    ]);
  });
});
