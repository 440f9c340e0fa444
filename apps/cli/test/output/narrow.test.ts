import { expect, test } from 'vitest';
import { displayWidth } from '../../src/output/display-width.js';
import { runStore } from '../terminal.js';

/** Lines of what a command prints on a terminal of this width that do not fit into it. */
async function tooWide(columns: number, ...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await runStore(args, { columns, env: { NO_COLOR: '1' } });
  const lines = stdout.split('\n');
  expect(lines.length).toBeGreaterThan(3);
  return lines.filter((line) => displayWidth(line) > columns);
}

test.each([['doctor'], ['doctor', '--data', 'none'], ['estimate', '--stores', '1', '--products', '2']])(
  'no line of `store %s …` is wider than the terminal',
  async (...args) => {
    for (const columns of [60, 80]) expect(await tooWide(columns, ...args)).toEqual([]);
  },
);

test.each(['schema emit', 'schema push', 'query', 'completion', 'doctor'])(
  'no line of the help of `store %s` is wider than 80 columns, whose examples continue where they are longer',
  async (name) => {
    expect(await tooWide(80, ...name.split(' '), '--help')).toEqual([]);
  },
);
