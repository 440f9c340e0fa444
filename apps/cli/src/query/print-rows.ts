import { coloursFor, formatDuration, plural } from '../output/format.js';
import { jsonText, writeOut } from '../output/write-out.js';
import { lineWidthOf, type Terminal } from '../terminal/terminal.js';
import type { Lake } from './lake.js';
import { csvLine, linesOf, objectOf, tableOf, type ResultColumn } from './query-result.js';
import type { Format, QueryFlags } from './flags.js';
import { withColumns } from './with-columns.js';

/** Rows of a table that are shown by default. */
const defaultTableRows = 1000;

/**
 * Runs a statement and prints its rows: CSV, JSON and lines as they come, a table once its rows are there.
 *
 * @param rest - how to see the columns of a table for which the terminal is too narrow.
 */
export async function printRows(
  lake: Lake,
  statement: string,
  format: Format,
  flags: QueryFlags,
  terminal: Terminal,
  rest = '`--columns` names others, `--format line` shows all',
): Promise<void> {
  const shown = withColumns(lake, flags.columns);
  if (format === 'json') await printJson(shown, statement, terminal);
  else if (format === 'csv') await printCsv(shown, statement, flags, terminal);
  else if (format === 'line') await printLines(shown, statement, terminal);
  else await printTable(shown, statement, flags, terminal, rest);
}

type Rows = Pick<Lake, 'stream'>;

/** One value a line, with an empty line between two rows. */
async function printLines(lake: Rows, statement: string, { stdout, signal }: Terminal): Promise<void> {
  let columns: readonly ResultColumn[] = [];
  let before = '';
  await lake.stream(
    statement,
    {
      columns(found) {
        columns = found;
      },
      async rows(rows) {
        if (rows.length === 0) return;
        await writeOut(stdout, before + rows.map((row) => linesOf(columns, row)).join('\n'));
        before = '\n';
      },
    },
    { signal },
  );
}

/** One array of objects. */
async function printJson(lake: Rows, statement: string, { stdout, signal }: Terminal): Promise<void> {
  let columns: readonly ResultColumn[] = [];
  let before = '[\n';
  await lake.stream(
    statement,
    {
      columns(found) {
        columns = found;
      },
      async rows(rows) {
        if (rows.length === 0) return;
        const texts = rows.map((row) => jsonText(objectOf(columns, row), 2).replaceAll(/^/gm, '  '));
        await writeOut(stdout, before + texts.join(',\n'));
        before = ',\n';
      },
    },
    { signal },
  );
  await writeOut(stdout, before === '[\n' ? '[]\n' : '\n]\n');
}

async function printCsv(
  lake: Rows,
  statement: string,
  { csvRaw = false }: QueryFlags,
  { stdout, signal }: Terminal,
): Promise<void> {
  const form = { raw: csvRaw, toTerminal: stdout.isTTY === true };
  let header = '';
  await lake.stream(
    statement,
    {
      columns(columns) {
        header = csvLine(
          columns.map(({ name }) => name),
          form,
        );
      },
      async rows(rows) {
        const text = header + rows.map((row) => csvLine(row, form)).join('');
        header = '';
        await writeOut(stdout, text);
      },
    },
    { signal },
  );
  if (header !== '') await writeOut(stdout, header);
}

async function printTable(
  lake: Rows,
  statement: string,
  { limit = defaultTableRows, quiet }: QueryFlags,
  { stdout, stderr, env, signal }: Terminal,
  rest: string,
): Promise<void> {
  const startedAt = performance.now();
  let columns: readonly ResultColumn[] = [];
  const rows: (readonly unknown[])[] = [];
  // One more than is shown tells whether there are more; the rest is never made.
  await lake.stream(
    statement,
    {
      columns(found) {
        columns = found;
      },
      rows(some) {
        for (const row of some) rows.push(row);
      },
    },
    { signal, firstRows: limit + 1 },
  );
  const shown = { columns, rows: rows.slice(0, limit) };
  const { dim } = coloursFor(stdout, env);
  // Only a terminal has a width: in a pipe nothing is cut.
  const lineWidth = stdout.isTTY === true ? lineWidthOf(stdout) : undefined;
  const { text, shownColumns } = tableOf(shown, { dim, lineWidth });
  await writeOut(stdout, `${text}\n`);
  if (quiet === true) return;
  if (shownColumns < columns.length)
    stderr.write(`${dim(`${shownColumns} of ${plural(columns.length, 'column')}; ${rest}`)}\n`);
  const elapsed = formatDuration(performance.now() - startedAt);
  const isCut = rows.length > limit;
  if (stderr.isTTY !== true && !isCut) return;
  const line = isCut
    ? `The first ${plural(limit, 'row')} of more, in ${elapsed} (--limit)`
    : `${plural(rows.length, 'row')} in ${elapsed}`;
  stderr.write(`${coloursFor(stderr, env).dim(line)}\n`);
}
