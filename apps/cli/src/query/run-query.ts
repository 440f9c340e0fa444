import { dirname, extname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { inertText } from '@store/foundation';
import { names } from '../inventory/names.js';
import { createOutputFile, type OutputFile } from '../local/output-file.js';
import { whileThere } from '../local/while-there.js';
import { plural } from '../output/format.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { createStatementReader } from '../sql/statement-reader.js';
import { CliError, interruption } from '../terminal/errors.js';
import { inputOf, type Terminal } from '../terminal/terminal.js';
import type { Lake, RowSink } from './lake.js';
import { explainQueryError } from './explain-query-error.js';
import { openLake } from './open-lake.js';
import { namedSql } from './named-queries.js';
import { queryLimitsOf, type Format, type QueryFlags } from './flags.js';
import { printRows } from './print-rows.js';
import { csvLine } from './query-result.js';
import { withColumns } from './with-columns.js';

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
  if (output !== undefined && (format === 'table' || format === 'line'))
    throw new CliError('USAGE', `Expected --format csv, json or parquet with --output, got ${format}.`);
  if (flags.columns !== undefined && output !== undefined && format !== 'csv')
    throw new CliError('USAGE', 'Expected --columns without --output, or with CSV.');
  const statements = await statementsOf(sql, flags, terminal);
  const [statement = '', ...others] = statements;
  if (others.length > 0 && (output !== undefined || format === 'json')) {
    throw new CliError('USAGE', `Expected one statement, got ${statements.length}.`, {
      fix: 'Write one result at a time, or leave out --json and --output to see all of them.',
    });
  }
  const lake = await openLake(
    {
      ...flags,
      limits: queryLimitsOf(flags),
      ...(output === undefined ? {} : { outputFolder: dirname(output) }),
    },
    terminal,
  );
  try {
    if (output === undefined) {
      for (const [index, one] of statements.entries()) {
        if (index > 0) await writeOut(terminal.stdout, '\n');
        await printRows(lake, one, format, flags, terminal);
      }
    } else {
      const rows = await whileThere(dirname(output), async (): Promise<number> => {
        const file = await createOutputFile(output);
        try {
          const count = await writeFile(lake, statement, file, format, flags, terminal);
          await file.commit();
          return count;
        } finally {
          await file.discard();
        }
      });
      if (flags.json === true) await writeJson(terminal.stdout, { file: output, rows });
      else if (flags.quiet !== true)
        terminal.stderr.write(`${plural(rows, 'row')} to ${inertText(flags.output ?? '')}\n`);
    }
  } catch (error) {
    if (terminal.signal.aborted)
      throw interruption(terminal.signal, 'The query was stopped; nothing was written.');
    throw explainQueryError(error);
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
  { csvRaw = false, columns }: QueryFlags,
  { signal }: Terminal,
): Promise<number> {
  if (format === 'json' || format === 'parquet') {
    await file.close();
    return lake.copyTo(statement, file.path, format, signal);
  }
  const form = { raw: csvRaw };
  let header = '';
  const sink: RowSink = {
    columns(found) {
      header = csvLine(
        found.map(({ name }) => name),
        form,
      );
    },
    async rows(rows) {
      await file.write(header + rows.map((row) => csvLine(row, form)).join(''));
      header = '';
    },
  };
  const count = await withColumns(lake, columns).stream(statement, sink, { signal });
  if (header !== '') await file.write(header);
  return count;
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

/** The statements of the command line: at least one. */
async function statementsOf(
  sql: string | undefined,
  { named }: QueryFlags,
  terminal: Terminal,
): Promise<readonly string[]> {
  if (named !== undefined) {
    if (sql !== undefined) throw new CliError('USAGE', 'Expected a statement or --named, got both.');
    return [namedSql(named, names.table)];
  }
  if (sql === undefined)
    throw new CliError('USAGE', 'Expected a statement, - for standard input, or --named NAME.');
  const reader = createStatementReader();
  const lines = (sql === '-' ? await text(inputOf(terminal)) : sql).split('\n');
  const found = lines.flatMap((line) => reader.push(line));
  const rest = reader.take();
  const statements = [...found, ...(rest === undefined ? [] : [rest])].map((one) => one.text);
  if (statements.length === 0) throw new CliError('USAGE', 'Expected a statement, got nothing.');
  return statements;
}
