import { createInterface } from 'node:readline';
import { relative, resolve } from 'node:path';
import { inertText } from '@store/foundation';
import type { CommonFlags } from '../options/common-options.js';
import { queryLimitsOf, type LakeFlags } from '../query/flags.js';
import { asksAthena, openLake } from '../query/open-lake.js';
import { interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { createSqlSession, type SqlSession } from './session.js';

/** Flags of `store sql`. */
export interface SqlFlags extends CommonFlags, LakeFlags {}

/** Runs `store sql`: a shell for a person, a script from standard input for everything else. */
export async function runSql(flags: SqlFlags, terminal: Terminal): Promise<void> {
  const { stdin, stdout, stderr } = terminal;
  const isShell = stdin.isTTY === true && stdout.isTTY === true;
  const lake = await openLake({ ...flags, limits: queryLimitsOf(flags) }, terminal);
  try {
    const session = createSqlSession({ lake, flags, terminal, namesLines: !isShell });
    if (!isShell) {
      await runScript(session, terminal);
      return;
    }
    if (flags.quiet !== true) {
      const place = asksAthena(flags, terminal)
        ? 'Athena'
        : relative(terminal.cwd, resolve(terminal.cwd, flags.data)) || '.';
      stderr.write(`SQL over ${inertText(place)}. A statement ends with ; and .help lists commands.\n`);
    }
    const { runShell } = await import('./shell.js');
    await runShell(session, flags.verbose === true, terminal);
  } finally {
    await lake.close();
  }
}

/** Every line of standard input; the first statement that fails ends it. */
async function runScript(session: SqlSession, { stdin, signal }: Terminal): Promise<void> {
  const lines = createInterface({ input: stdin, crlfDelay: Infinity, signal });
  try {
    for await (const line of lines) {
      await session.take(line);
      if (session.over) return;
    }
    if (signal.aborted) throw interruption(signal, 'The input was not read to its end.');
    await session.finish();
  } finally {
    lines.close();
  }
}
