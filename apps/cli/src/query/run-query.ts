import { extname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { names } from '../inventory/names.js';
import { createOutputFile } from '../local/output-file.js';
import { coloursFor, formatDuration, plural } from '../output/format.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError, interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { openLake } from './open-lake.js';
import { namedSql } from './named-queries.js';
import { csvOf, objectsOf, tableOf, type QueryResult } from './query-result.js';
import type { CommonFlags } from '../options/common-options.js';

/** Flags of `store query`. */
export interface QueryFlags extends CommonFlags {
  readonly named?: string;
  readonly data: string;
  readonly athena?: boolean;
  readonly workgroup?: string;
  readonly format?: 'table' | 'csv' | 'json' | 'parquet';
  readonly output?: string;
  readonly limit?: number;
}

type Format = NonNullable<QueryFlags['format']>;

/** Rows of a table that are shown when nobody says how many. */
const defaultTableRows = 1000;

/** Runs `store query`. */
export async function runQuery(
  sql: string | undefined,
  flags: QueryFlags,
  terminal: Terminal,
): Promise<void> {
  const format = formatOf(flags);
  const output = flags.output === undefined ? undefined : resolve(terminal.cwd, flags.output);
  if (format === 'parquet' && output === undefined)
    throw new CliError('USAGE', 'Expected --output FILE with --format parquet.');
  const statement = await statementOf(sql, flags, terminal);
  const startedAt = performance.now();
  const lake = await openLake(flags, terminal);
  try {
    if (output === undefined) {
      const result = await lake.run(statement, terminal.signal);
      await print(result, format, flags, terminal, performance.now() - startedAt);
    } else {
      const file = await createOutputFile(output);
      let rows: number;
      try {
        await file.close();
        rows = await lake.copyTo(statement, file.path, format === 'table' ? 'csv' : format, terminal.signal);
        await file.commit();
      } finally {
        await file.discard();
      }
      if (flags.json === true) await writeJson(terminal.stdout, { file: output, rows });
      else if (flags.quiet !== true)
        terminal.stderr.write(`${plural(rows, 'row')} to ${flags.output ?? ''}\n`);
    }
  } catch (error) {
    if (terminal.signal.aborted)
      throw interruption(terminal.signal, 'The query was stopped; nothing was written.');
    throw explained(error);
  } finally {
    lake.close();
  }
}

function formatOf({ format, json, output }: QueryFlags): Format {
  if (format !== undefined) return format;
  if (output !== undefined) {
    const byName = new Map<string, Format>([
      ['.csv', 'csv'],
      ['.json', 'json'],
      ['.ndjson', 'json'],
      ['.parquet', 'parquet'],
    ]).get(extname(output));
    if (byName !== undefined) return byName;
    throw new CliError(
      'USAGE',
      `Expected --output to end in .csv, .json or .parquet, or --format, got ${output}.`,
    );
  }
  return json === true ? 'json' : 'table';
}

async function statementOf(
  sql: string | undefined,
  { named }: QueryFlags,
  { stdin }: Terminal,
): Promise<string> {
  if (named !== undefined) {
    if (sql !== undefined) throw new CliError('USAGE', 'Expected a statement or --named, got both.');
    return namedSql(named, names.table);
  }
  if (sql === undefined)
    throw new CliError('USAGE', 'Expected a statement, - for standard input, or --named NAME.');
  const statement = (sql === '-' ? await text(stdin) : sql).trim().replace(/;\s*$/, '');
  if (statement === '') throw new CliError('USAGE', 'Expected a statement, got nothing.');
  return statement;
}

async function print(
  result: QueryResult,
  format: Format,
  flags: QueryFlags,
  terminal: Terminal,
  elapsedMs: number,
): Promise<void> {
  const { stdout, stderr, env } = terminal;
  if (format === 'json') {
    await writeJson(stdout, objectsOf(result));
    return;
  }
  if (format === 'csv') {
    await writeOut(stdout, csvOf(result));
    return;
  }
  const limit = flags.limit ?? defaultTableRows;
  const shown = { ...result, rows: result.rows.slice(0, limit) };
  await writeOut(stdout, `${tableOf(shown, coloursFor(stdout, env).dim)}\n`);
  if (flags.quiet === true) return;
  const cut = result.rows.length > limit ? `, the first ${limit} shown (--limit)` : '';
  if (stderr.isTTY === true || cut !== '') {
    stderr.write(
      `${coloursFor(stderr, env).dim(`${plural(result.rows.length, 'row')} in ${formatDuration(elapsedMs)}${cut}`)}\n`,
    );
  }
}

/** DuckDB names its errors in the text: "Catalog Error: Table with name x does not exist! Did you mean …". */
function explained(error: unknown): unknown {
  if (error instanceof Error && /^(Parser|Binder|Catalog|Conversion) Error/.test(error.message)) {
    return new CliError('BAD_SQL', error.message.trim(), {
      fix: `The events are in the table ${names.table}; \`store query 'describe ${names.table}'\` lists its columns.`,
      cause: error,
    });
  }
  return error;
}
