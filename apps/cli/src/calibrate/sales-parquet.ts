import { salesColumns, type SalesRow } from '@store/generator/calibrate';
import { sqlFile, streamRows, withDuckDb } from '../local/duckdb.js';
import { CliError, didYouMean } from '../terminal/errors.js';
import type { SalesFile } from './sales-rows.js';

/** How each column is read: as text, as a number, or as it is. */
const casts: Readonly<Record<string, string>> = {
  store_id: 'varchar',
  product_id: 'varchar',
  units_sold: 'double',
  on_hand: 'double',
  in_stock: 'double',
  price: 'double',
  promotion: 'double',
};

/** Reads a Parquet file whole, column by column; a row's line is its number. */
export async function openSalesParquet(path: string, name: string): Promise<SalesFile> {
  const columns = await withDuckDb(async (connection) => {
    const from = `read_parquet(${sqlFile(path)})`;
    const described = await connection
      .runAndReadAll(`describe select * from ${from}`)
      .catch((error: unknown) => {
        throw new CliError('USAGE', `${name} cannot be read as Parquet: ${firstLine(error)}`, {
          cause: error,
        });
      });
    const names = described.getRowsJson().flatMap(([column]) => (typeof column === 'string' ? [column] : []));
    checkNames(names, name);
    const list = names.map(readAs).join(', ');
    // Otherwise DuckDB writes instants by the clock of the machine.
    await connection.run(`set TimeZone = 'UTC'`);
    const read = names.map((column): readonly [string, unknown[]] => [column, []]);
    try {
      for await (const rows of await streamRows(connection, `select ${list} from ${from}`))
        for (const row of rows) for (const [n, value] of row.entries()) read[n]?.[1].push(value);
    } catch (error) {
      const isValue = error instanceof Error && error.message.startsWith('Conversion Error');
      const fix = isValue ? 'Write numbers as numbers.' : 'Copy it again from where it came.';
      throw new CliError('USAGE', `${name}: ${firstLine(error)}`, { cause: error, fix });
    }
    return read;
  });
  return { rows: rowsOf(columns), lineOf: (row) => row };
}

/** A column as the fit takes it. A day is often written as its midnight, with the zone UTC where a column must have one. */
function readAs(column: string): string {
  if (column === 'date')
    return `regexp_replace(date::varchar, '^([0-9-]{10}) 00:00:00(\\.0+)?([+]00)?$', '\\1')`;
  return `"${column}"::${casts[column] ?? 'varchar'}`;
}

/** What DuckDB says, without where in our own query it is. */
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

function checkNames(names: readonly string[], file: string): void {
  for (const column of names) {
    if (salesColumns.includes(column)) continue;
    const hint = didYouMean(column, salesColumns);
    throw new CliError(
      'USAGE',
      `${file}: unknown column '${column}'; known are ${salesColumns.join(', ')}.${hint}`,
    );
  }
  const missing = salesColumns.slice(0, 4).find((column) => !names.includes(column));
  if (missing !== undefined)
    throw new CliError('USAGE', `${file}: the column '${missing}' is missing. Add it.`);
}

function* rowsOf(
  columns: readonly (readonly [string, readonly unknown[]])[],
): Generator<SalesRow, void, void> {
  const length = columns[0]?.[1].length ?? 0;
  for (let n = 0; n < length; n++) {
    // The fit checks every value of a row.
    yield Object.fromEntries(columns.map(([name, values]) => [name, values[n]])) as unknown as SalesRow;
  }
}
