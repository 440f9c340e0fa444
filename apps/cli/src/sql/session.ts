import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatDuration } from '../output/format.js';
import { writeOut } from '../output/write-out.js';
import { explainQueryError } from '../query/explain-query-error.js';
import type { QueryFlags } from '../query/flags.js';
import type { Lake, LakeColumn } from '../query/lake.js';
import { printRows } from '../query/print-rows.js';
import { CliError, interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { dotCommands, readDotCommand, type Mode, type Screen } from './dot-commands.js';
import { createStatementReader, type SqlStatement, type StatementReader } from './statement-reader.js';

/** Runs what somebody types, or what a file holds, line by line. */
export interface SqlSession {
  /** Takes one line; resolves when what ends in it has run. Throws the error of the first statement that fails. */
  take(line: string): Promise<void>;
  /** Runs what has begun and has no `;`. */
  finish(): Promise<void>;
  /** Drops what has begun. */
  drop(): void;
  /** Stops the statement that runs; false where none does. */
  cancel(): boolean;
  /** What the lines so far end in. */
  readonly state: StatementReader['state'];
  /** True after `.quit`. */
  readonly over: boolean;
  /** Columns of the lake, read once and again after `.schema` or `.tables`. */
  columns(): Promise<readonly LakeColumn[]>;
}

/** What a session works with. */
export interface SqlSessionOptions {
  readonly lake: Lake;
  /** Of `store sql`, as `store query` would be given them. */
  readonly flags: QueryFlags;
  readonly terminal: Terminal;
  /** Whether errors name the line: not where the person has just typed it. */
  readonly namesLines: boolean;
}

/** Begins a session over a lake that is open. */
export function createSqlSession({ lake, flags, terminal, namesLines }: SqlSessionOptions): SqlSession {
  let mode: Mode = flags.json === true ? 'json' : 'table';
  let timer = false;
  let over = false;
  let known: Promise<readonly LakeColumn[]> | undefined;
  let running: AbortController | undefined;
  /** Files that `.run` is in, outermost first. */
  const open: string[] = [];
  const reader = createStatementReader();

  /** Gives work a signal of its own, so that Ctrl-C ends it and not the session. */
  const stoppable = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const own = new AbortController();
    running = own;
    try {
      return await work(AbortSignal.any([own.signal, terminal.signal]));
    } catch (error) {
      if (terminal.signal.aborted) throw interruption(terminal.signal, 'The statement was stopped.');
      if (own.signal.aborted) throw new CliError('INTERRUPTED', 'The statement was stopped.');
      throw explainQueryError(error);
    } finally {
      running = undefined;
    }
  };

  const run = async ({ text, line }: SqlStatement, file?: string): Promise<void> => {
    const startedAt = performance.now();
    try {
      await stoppable(async (signal) =>
        printRows(lake, text, mode, flags, { ...terminal, signal }, '.mode line shows all'),
      );
    } catch (error) {
      throw namesLines || file !== undefined ? placed(error, line, file) : error;
    }
    if (timer) terminal.stderr.write(`Time: ${formatDuration(performance.now() - startedAt)}\n`);
  };

  const screen: Screen = {
    write: async (text) => writeOut(terminal.stdout, text),
    columns: async () => {
      known = undefined;
      return columns();
    },
    mode: (next) => {
      mode = next ?? mode;
      return mode;
    },
    timer: (next) => {
      timer = next ?? timer;
      return timer;
    },
    statement: async (text) => run({ text, line: 1 }),
    file: async (name) => {
      const path = resolve(terminal.cwd, name);
      if (open.includes(path)) throw new CliError('USAGE', `The file ${name} runs itself.`);
      const lines = (await readFile(path, 'utf8')).split(/\r?\n/);
      const inside = createStatementReader();
      open.push(path);
      try {
        for (const [index, line] of lines.entries()) {
          if (over) return;
          await takeLine(inside, line, { file: name, line: index + 1 });
        }
        const rest = inside.take();
        if (rest !== undefined) await run(rest, name);
      } finally {
        open.pop();
      }
    },
    quit: () => {
      over = true;
    },
  };

  const columns = async (): Promise<readonly LakeColumn[]> => {
    known ??= stoppable(async (signal) => lake.columns(signal));
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };

  const takeLine = async (
    from: StatementReader,
    line: string,
    place?: { readonly file: string; readonly line: number },
  ): Promise<void> => {
    if (from.state === 'empty' && line.startsWith('.')) {
      // So that the lines of statements count on.
      from.push('');
      const { name, words } = readDotCommand(line);
      try {
        await dotCommands[name].run(words, screen);
      } catch (error) {
        throw place === undefined || open.length > 1 ? error : placed(error, place.line, place.file);
      }
      return;
    }
    for (const statement of from.push(line)) await run(statement, place?.file);
  };

  return {
    take: async (line) => takeLine(reader, line),
    finish: async () => {
      const rest = reader.take();
      if (rest !== undefined) await run(rest);
    },
    drop: () => {
      reader.take();
    },
    cancel: () => {
      running?.abort();
      return running !== undefined;
    },
    get state() {
      return reader.state;
    },
    get over() {
      return over;
    },
    columns,
  };
}

/** The error with the place of its statement; how a session is stopped has none. */
function placed(error: unknown, line: number, file?: string): unknown {
  if (!(error instanceof CliError) || error.code === 'INTERRUPTED' || error.code === 'READER_GONE')
    return error;
  const place = file === undefined ? `Line ${line}` : `${file}, line ${line}`;
  const { fix, exitCode, cause } = error;
  return new CliError(error.code, `${place}: ${error.message}`, {
    exitCode,
    cause,
    ...(fix === undefined ? {} : { fix }),
  });
}
