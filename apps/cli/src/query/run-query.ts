import { dirname, extname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { EmulatorError, type QueryOptions } from '@store/emulator';
import { inertText } from '@store/foundation';
import { names } from '../inventory/names.js';
import { createOutputFile, type OutputFile } from '../local/output-file.js';
import { plural } from '../output/format.js';
import { writeJson } from '../output/write-out.js';
import { CliError, interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Lake, RowSink } from './lake.js';
import { openLake } from './open-lake.js';
import { namedSql } from './named-queries.js';
import type { Format, QueryFlags } from './flags.js';
import { printRows } from './print-rows.js';
import { csvLine } from './query-result.js';

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
  const lake = await openLake(
    {
      ...flags,
      limits: limitsOf(flags),
      ...(output === undefined ? {} : { outputFolder: dirname(output) }),
    },
    terminal,
  );
  try {
    if (output === undefined) await printRows(lake, statement, format, flags, terminal);
    else {
      const file = await createOutputFile(output);
      let rows: number;
      try {
        rows = await writeFile(lake, statement, file, format, flags, terminal);
        await file.commit();
      } finally {
        await file.discard();
      }
      if (flags.json === true) await writeJson(terminal.stdout, { file: output, rows });
      else if (flags.quiet !== true)
        terminal.stderr.write(`${plural(rows, 'row')} to ${inertText(flags.output ?? '')}\n`);
    }
  } catch (error) {
    if (terminal.signal.aborted)
      throw interruption(terminal.signal, 'The query was stopped; nothing was written.');
    throw explained(error);
  } finally {
    await lake.close();
  }
}

/** A file of CSV is written here, with the guard before formulas; the other forms by DuckDB. */
async function writeFile(
  lake: Lake,
  statement: string,
  file: OutputFile,
  format: Format,
  { csvRaw = false }: QueryFlags,
  { signal }: Terminal,
): Promise<number> {
  if (format === 'json' || format === 'parquet') {
    await file.close();
    return lake.copyTo(statement, file.path, format, signal);
  }
  const form = { raw: csvRaw };
  let header = '';
  const sink: RowSink = {
    columns(columns) {
      header = csvLine(
        columns.map(({ name }) => name),
        form,
      );
    },
    async rows(rows) {
      await file.write(header + rows.map((row) => csvLine(row, form)).join(''));
      header = '';
    },
  };
  const count = await lake.stream(statement, sink, { signal });
  if (header !== '') await file.write(header);
  return count;
}

/** What a query may take: a person waits for it, and Ctrl-C ends it, so it may take more than one of the endpoint. */
const commandDefaults = Object.freeze({ timeoutSeconds: 600, memoryMib: 1024, maxRows: 100_000_000 });

function limitsOf({ timeout, memory }: QueryFlags): QueryOptions {
  return {
    timeoutMs: (timeout ?? commandDefaults.timeoutSeconds) * 1000,
    memoryBytes: (memory ?? commandDefaults.memoryMib) * 1024 * 1024,
    maxRows: commandDefaults.maxRows,
    // Rows are handed on as they come; what is printed takes no memory here.
    maxResultBytes: 2 ** 40,
  };
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

/** DuckDB names its errors in the text: "Catalog Error: Table with name x does not exist! Did you mean …". */
function explained(error: unknown): unknown {
  if (!(error instanceof EmulatorError)) return error;
  const { cause } = error;
  if (error.code === 'QUERY_LIMIT') {
    return new CliError('QUERY_LIMIT', error.message, {
      fix: 'Raise the time with --timeout SECONDS or the memory with --memory MIB, or ask for less.',
      cause,
    });
  }
  if (error.code === 'QUERY_REFUSED') {
    return new CliError('BAD_SQL', error.message, {
      fix: 'Write a SELECT over the table; --output writes its rows to a file.',
      cause,
    });
  }
  // Behind the sentence DuckDB draws the place in the statement.
  const [message = ''] = error.message.trim().split('\n\nLINE');
  if (/^(Parser|Binder|Catalog|Conversion) Error/.test(message)) {
    return new CliError('BAD_SQL', message, {
      fix: `The events are in the table ${names.table}; \`store query 'describe ${names.table}'\` lists its columns.`,
      cause,
    });
  }
  return error;
}
