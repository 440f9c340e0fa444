import type { SalesRow } from '@store/generator/calibrate';
import { sqlFile, streamRows, withDuckDb } from '../local/duckdb.js';
import { CliError } from '../terminal/errors.js';
import { dayReader, readColumns, type ColumnFlags, type SalesHeader } from './sales-columns.js';
import type { SalesFile } from './sales-rows.js';

/** How each column is read: as text, as a number, or as it is. */
const casts: Readonly<Record<string, string>> = {
  store_id: 'varchar',
  product_id: 'varchar',
  date: 'varchar',
  units_sold: 'double',
  on_hand: 'double',
  in_stock: 'double',
  price: 'double',
  promotion: 'double',
};

/** Reads a Parquet file whole, column by column; a row's line is its number. */
export async function openSalesParquet(path: string, name: string, flags: ColumnFlags): Promise<SalesFile> {
  const dayOf = dayReader(flags.dateFormat);
  let header: SalesHeader = { fields: [], unread: [] };
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
    header = readColumns(
      names,
      flags,
      (problem, fix) =>
        new CliError('USAGE', `${name}: the file ${problem}`, fix === undefined ? {} : { fix }),
    );
    const wanted = header.fields.flatMap((field, n) => (field === undefined ? [] : [{ field, n }]));
    const list = wanted.map(({ field, n }) => readAs(names[n] ?? '', field)).join(', ');
    // Otherwise DuckDB writes instants by the clock of the machine.
    await connection.run(`set TimeZone = 'UTC'`);
    const read = wanted.map(({ field }): readonly [string, unknown[]] => [field, []]);
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
  return { rows: rows(), unread: () => header.unread, lineOf: (row) => row };

  function* rows(): Generator<SalesRow, void, void> {
    const length = columns[0]?.[1].length ?? 0;
    for (let n = 0; n < length; n++) {
      const row: Record<string, unknown> = flags.store === undefined ? {} : { store_id: flags.store };
      for (const [field, values] of columns) {
        const value = values[n];
        row[field] = field === 'date' && typeof value === 'string' ? dayOf(value) : value;
      }
      // The fit checks every value of a row.
      yield row as unknown as SalesRow;
    }
  }
}

/** A column as the fit takes it. */
const readAs = (column: string, field: string): string =>
  `"${column.replaceAll('"', '""')}"::${casts[field] ?? 'varchar'}`;

/** What DuckDB says, without where in our own query it is. */
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
