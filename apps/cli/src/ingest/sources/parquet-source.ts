import { DuckDBInstance } from '@duckdb/node-api';
import { IntakeError, type SourceItem } from '@store/intake';
import { readJson } from '@store/foundation';
import { sqlFile, streamRows } from '../../local/duckdb.js';
import { CliError } from '../../terminal/errors.js';
import type { OpenSource, ReadingOptions } from '../reading.js';

/** The rows of a file of Parquet, and how the reading ends. */
export interface ParquetRows extends Pick<OpenSource, 'lots' | 'facts' | 'bytes'> {
  readonly close: () => void;
}

/**
 * Opens Parquet by DuckDB: every row as an object of its columns, a vector of rows at a time. An instant is in UTC wherever
 * the machine stands; a timestamp without a zone has none here either, and a date is a date.
 *
 * @param name - the file as people call it, where it is read from a copy
 * @throws CliError `BAD_SOURCE` where it is damaged, at its beginning or in a row
 */
export async function openParquet(file: string, name: string, options: ReadingOptions): Promise<ParquetRows> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const from = `read_parquet(${sqlFile(file)})`;
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    // Otherwise DuckDB writes instants by the clock of the machine.
    await connection.run(`set TimeZone = 'UTC'`);
    const described = await connection.runAndReadAll(`describe select * from ${from}`);
    const columns = described
      .getRowsJson()
      .flatMap(([name, type]) =>
        typeof name === 'string' && typeof type === 'string' ? [{ name, type }] : [],
      );
    const names = columns.map(({ name }) => name);
    const rowValue = options.onHeader?.(names, 1);
    const fields = columns.map(({ name, type }) => `${quoted(name)} := ${written(quoted(name), type)}`);
    const rows = await streamRows(
      connection,
      `select to_json(struct_pack(${fields.join(', ')}))::varchar from ${from}`,
    );
    return {
      lots: rowsOf(),
      facts: () => ({ format: 'json' }),
      bytes: () => undefined,
      close,
    };

    async function* rowsOf(): AsyncIterable<readonly SourceItem[]> {
      let line = 1;
      try {
        for await (const some of rows) yield some.map((row) => item(line++, String(row[0])));
      } catch (error) {
        throw damaged(error, file, name);
      }
    }
    function item(line: number, raw: string): SourceItem {
      const reading = readJson(raw, { numbers: 'value' });
      if (!reading.ok)
        return { line, raw, problem: { code: 'MALFORMED_JSON', message: reading.failure.message } };
      const { value } = reading;
      if (rowValue === undefined || typeof value !== 'object' || value === null) return { line, raw, value };
      return { line, raw, value: rowValue(names.map((name): unknown => Reflect.get(value, name))) };
    }
  } catch (error) {
    close();
    throw damaged(error, file, name);
  }
}

/** What DuckDB says of a file, under the name that people know; what is said of its columns stays as it is. */
function damaged(error: unknown, file: string, name: string): unknown {
  if (error instanceof IntakeError) return error;
  const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
  return new CliError('BAD_SOURCE', `${name} cannot be read as Parquet: ${reason.replaceAll(file, name)}`, {
    cause: error,
    fix: 'Copy it again from where it came.',
  });
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** JSON of DuckDB writes times with a space; what has a zone is an instant, what has none is a clock's time. */
function written(column: string, type: string): string {
  if (!type.startsWith('TIMESTAMP') || type.includes('[')) return column;
  return `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%g${type.includes('TIME ZONE') ? 'Z' : ''}')`;
}
