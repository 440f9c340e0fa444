import type { Column, TableSchema } from '@store/glue-schema';
import { CliError } from '../../terminal/errors.js';
import { tooLong, type SourceItem, type SourceItems } from '../source-item.js';
import { nearestSchema } from './nearest-schema.js';
import { csvRows, type CsvRow } from './csv-rows.js';

/** Puts one text into an event. */
interface Placer {
  place(event: Record<string, unknown>, text: string): void;
}

/**
 * Reads CSV with a header line. Columns are found by name in any order; a field of `location` stands under
 * `location.city` or `location_city`. Text becomes a number or a truth value where the schema asks for one, and
 * an empty field is a missing one. Of several
 * schemas the one counts that the header names most columns of; whether the result is an event is the validator's to say.
 */
export async function* csvItems(
  text: AsyncIterable<string>,
  ...schemas: readonly [TableSchema, ...TableSchema[]]
): SourceItems {
  let header: readonly (Placer | undefined)[] | undefined;
  for await (const rows of csvRows(text)) {
    const items: SourceItem[] = [];
    for (const row of rows) {
      if (header === undefined) header = readHeader(row, schemas);
      else items.push(readRow(row, header));
    }
    if (items.length > 0) yield items;
  }
}

function readHeader(
  row: CsvRow,
  schemas: readonly [TableSchema, ...TableSchema[]],
): readonly (Placer | undefined)[] {
  const names = row.fields.map((name) => name.trim().toLowerCase());
  const schema = nearestSchema(names, schemas);
  const known = placers(schema);
  const header = names.map((name) => known.get(name));
  if (header.some((placer) => placer !== undefined)) return header;
  throw new CliError(`The first line names no column of ${schema.name}: ${row.text.slice(0, 80)}`, {
    code: 'NO_CSV_HEADER',
    fix: `Begin the file with a header line such as ${schema.columns
      .slice(0, 3)
      .map(({ name }) => name)
      .join(',')},…`,
  });
}

function readRow(
  { line, text, fields, tooLong: long }: CsvRow,
  header: readonly (Placer | undefined)[],
): SourceItem {
  if (long) return { line, text: text.slice(0, 200), problem: tooLong };
  if (fields.length !== header.length) {
    const message = `Expected ${header.length} fields, as in the header, got ${fields.length}.`;
    return { line, text, problem: { code: 'FIELD_COUNT', message } };
  }
  const value: Record<string, unknown> = {};
  header.forEach((placer, index) => placer?.place(value, fields[index] ?? ''));
  return { line, text, value };
}

function placers(schema: TableSchema): Map<string, Placer> {
  const found = new Map<string, Placer>();
  for (const column of schema.columns) {
    const key = column.jsonKey ?? column.name;
    if (column.type.kind !== 'struct') {
      found.set(column.name, {
        place: (event, text) => {
          if (text !== '') event[key] = typed(column, text);
        },
      });
      continue;
    }
    for (const field of column.type.fields) {
      const placer: Placer = {
        place: (event, text) => {
          if (text === '') return;
          const struct: unknown = (event[key] ??= {});
          if (typeof struct === 'object' && struct !== null)
            Reflect.set(struct, field.jsonKey ?? field.name, typed(field, text));
        },
      };
      found.set(`${column.name}.${field.name}`, placer).set(`${column.name}_${field.name}`, placer);
    }
  }
  return found;
}

const numeric = new Set(['tinyint', 'smallint', 'int', 'bigint', 'float', 'double', 'decimal']);

/** Text that does not read as what the column wants stays text, so that the validator names it. */
function typed({ type }: Column, text: string): unknown {
  if (type.kind === 'boolean') return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
  const number = numeric.has(type.kind) || (type.kind === 'timestamp' && type.wire !== 'iso');
  return number && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
