import type { Command } from 'commander';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { buildProgram } from '../../src/program.js';
import { commandsWithOwnExitCodes, commonExitCodes, exitCodesOf } from '../../src/terminal/exit-codes.js';
import { runStore } from '../terminal.js';

const page = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'exit-codes.md');

function program(): Command {
  const stream = new PassThrough();
  const { signal } = new AbortController();
  const terminal = { stdin: stream, stdout: stream, stderr: stream, env: {}, cwd: '/', signal };
  return buildProgram(
    terminal,
    () => undefined,
    () => undefined,
  );
}

/** The command of that name: `schema diff`. */
const commandOf = (name: string): Command | undefined =>
  name
    .split(' ')
    .reduce<Command | undefined>(
      (above, part) => above?.commands.find((command) => command.name() === part),
      program(),
    );

test('the table has codes of commands that exist, and the help of each shows them', async () => {
  for (const name of commandsWithOwnExitCodes.keys()) {
    const command = commandOf(name);
    if (command === undefined) throw new Error(`There is no command ${name}.`);
    const { stdout } = await runStore([...name.split(' '), '--help']);
    for (const [code, meaning] of exitCodesOf(command))
      expect(stdout).toContain(`  ${String(code).padEnd(3)}  ${meaning}\n`);
  }
});

test('docs/exit-codes.md is that table (UPDATE=1 writes it)', () => {
  const rows = (codes: Iterable<readonly [number, string]>): string =>
    [...codes].map(([code, meaning]) => `| ${code} | ${meaning} |\n`).join('');
  const own = [...commandsWithOwnExitCodes]
    .map(([name, codes]) => `\n## store ${name}\n\n| code | meaning |\n| --- | --- |\n${rows(codes)}`)
    .join('');
  const text = `# Exit codes of the store command

Written from the table in \`apps/cli/src/terminal/exit-codes.ts\`; \`--help\` of each command shows the same. With \`--json\`, an
error is one JSON document on standard error, \`{ "error": { "code", "message", "fix" } }\`; its \`code\` tells failures apart.

Every command ends with one of

| code | meaning |
| --- | --- |
${rows(commonExitCodes)}
These commands have further codes, or give one of those above a narrower meaning:
${own}`;
  if (process.env.UPDATE === '1') writeFileSync(page, text);
  const bare = (table: string): string => table.replaceAll(/ {2,}|-{3,}/g, ' ').replaceAll(/\s*\|\s*/g, '|');
  expect(bare(readFileSync(page, 'utf8'))).toBe(bare(text));
});
