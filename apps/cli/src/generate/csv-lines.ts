import type { TableSchema } from '@store/glue-schema';
import { csvField } from '../output/format.js';

/** Reads one CSV field of an event as text. */
type Reader = (event: object) => unknown;

/** Writes events as CSV: structs flattened with dots (`location.city`), as `store ingest` reads them. */
export interface CsvLines {
  readonly header: string;
  readonly line: (event: object) => string;
}

/** CSV lines for a schema; `raw` leaves text as it is that a spreadsheet would run as a formula. */
export function csvLines(schema: TableSchema, raw: boolean): CsvLines {
  const readers = new Map<string, Reader>();
  for (const { name, type } of schema.columns) {
    const of: Reader = (event) => Reflect.get(event, name);
    if (type.kind !== 'struct') readers.set(name, of);
    else {
      for (const field of type.fields) {
        readers.set(`${name}.${field.name}`, (event) => {
          const struct = of(event);
          return typeof struct === 'object' && struct !== null ? Reflect.get(struct, field.name) : undefined;
        });
      }
    }
  }
  const all = [...readers.values()];
  return {
    header: `${[...readers.keys()].join(',')}\n`,
    line: (event) => `${all.map((read) => field(read(event), raw)).join(',')}\n`,
  };
}

function field(value: unknown, raw: boolean): string {
  if (typeof value === 'string') return csvField(value, raw);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return '';
}
