import { makeFolder } from '@store/durable';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { findProject } from '../config/find-project.js';
import { queryNames } from '../query/named-queries.js';
import { explainError } from '../terminal/explain-error.js';
import { reportError } from '../terminal/report-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { dotNames, modes } from './dot-commands.js';
import type { SqlSession } from './session.js';

/** Lines that are remembered from one shell to the next. */
const historyLines = 1000;

/** What a line begins with, by what the lines before it end in. */
const prompts: Readonly<Record<SqlSession['state'], string>> = {
  empty: 'store> ',
  open: '     > ',
  quote: "    '> ",
  comment: '    *> ',
};

/** Serves a session to a person at a terminal, until Ctrl-D or `.quit`. */
export async function runShell(session: SqlSession, verbose: boolean, terminal: Terminal): Promise<void> {
  const { stdin, stdout, stderr, signal } = terminal;
  const historyFile = join(findProject(terminal.cwd).folder, '.store', 'sql-history');
  let history = await readHistory(historyFile);
  const readline = createInterface({
    input: stdin,
    output: stdout,
    terminal: true,
    history: [...history],
    historySize: historyLines,
    removeHistoryDuplicates: true,
    signal,
    completer: (line: string, done: (error: null, found: [string[], string]) => void) => {
      void complete(line, session).then((found) => {
        done(null, found);
      });
    },
  });
  readline.on('history', (lines: string[]) => {
    history = lines;
  });
  const ask = (): void => {
    readline.setPrompt(prompts[session.state]);
    // What was typed ahead stays, with the cursor behind it.
    readline.prompt(true);
  };
  // The terminal is in raw mode: Ctrl-C comes here, and is no signal of the process.
  readline.on('SIGINT', () => {
    if (session.cancel()) return;
    const isIdle = readline.line === '' && session.state === 'empty';
    session.drop();
    readline.write(null, { ctrl: true, name: 'e' });
    readline.write(null, { ctrl: true, name: 'u' });
    stdout.write(isIdle ? '^C (Ctrl-D or .quit leaves)\n' : '^C\n');
    ask();
  });
  ask();
  for await (const line of readline) {
    try {
      await session.take(line);
    } catch (error) {
      if (signal.aborted) throw error;
      reportError(error, { json: false, verbose }, terminal);
    }
    if (session.over) break;
    ask();
  }
  if (!session.over) stdout.write('\n');
  readline.close();
  await keepHistory(historyFile, history).catch((error: unknown) => {
    stderr.write(`The history is not kept. ${explainError(error).message}\n`);
  });
}

/** Newest line first, as readline wants it. */
async function readHistory(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.reverse();
}

async function keepHistory(file: string, newestFirst: readonly string[]): Promise<void> {
  if (newestFirst.length === 0) return;
  makeFolder(dirname(file));
  // For nobody else: values of a person's data may be in it.
  await writeFile(file, `${[...newestFirst].reverse().join('\n')}\n`, { mode: 0o600 });
}

/** What Tab offers for the word at the end of a line. */
async function complete(line: string, session: SqlSession): Promise<[string[], string]> {
  const [word = ''] = /[\w.-]*$/.exec(line) ?? [];
  const before = line.slice(0, line.length - word.length);
  const offered = await offeredAfter(before, word, session);
  return [offered.filter((name) => name.toLowerCase().startsWith(word.toLowerCase())), word];
}

async function offeredAfter(before: string, word: string, session: SqlSession): Promise<readonly string[]> {
  if (session.state === 'empty') {
    if (before === '' && word.startsWith('.')) return dotNames.map((name) => `.${name}`);
    if (before.startsWith('.mode ')) return modes;
    if (before.startsWith('.run ')) return queryNames;
    if (before.startsWith('.timer ')) return ['on', 'off'];
  }
  // An endpoint that is away offers nothing; the statement says why.
  const columns = await session.columns().catch(() => []);
  const tables = columns.map(({ table }) => table);
  if (before.startsWith('.schema ')) return [...new Set(tables)];
  return [...new Set([...tables, ...columns.map(({ name }) => name)])].sort();
}
