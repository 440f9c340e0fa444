import type { Column, TableSchema } from '@store/glue-schema';
import { CliError } from '../../terminal/errors.js';
import { tooLong, nearestSchema, maxRecordChars, type SourceItem, type SourceItems } from './source-item.js';

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
  throw new CliError(
    'NO_CSV_HEADER',
    `The first line names no column of ${schema.name}: ${row.text.slice(0, 80)}`,
    {
      fix: `Begin the file with a header line such as ${schema.columns
        .slice(0, 3)
        .map(({ name }) => name)
        .join(',')},…`,
    },
  );
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

/** One row of a CSV file. */
export interface CsvRow {
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly text: string;
  readonly fields: readonly string[];
  readonly tooLong: boolean;
}

/** Splits CSV (RFC 4180: quotes, doubled quotes, line breaks inside of quotes) into rows. */
export async function* csvRows(text: AsyncIterable<string>): AsyncIterable<readonly CsvRow[]> {
  const splitter = new RowSplitter();
  for await (const chunk of text) {
    const rows = splitter.feed(chunk);
    if (rows.length > 0) yield rows;
  }
  const last = splitter.feed('\n');
  if (last.length > 0) yield last;
}

/** Splits pieces of CSV into rows. */
export class RowSplitter {
  #line = 1;
  #startedAt = 1;
  #quoted = false;
  #row = '';
  #tooLong = false;

  /** Whether the text so far ends within quotes. */
  get quoted(): boolean {
    return this.#quoted;
  }

  /** Line on which the row that is not yet whole began. */
  get startedAt(): number {
    return this.#startedAt;
  }

  /** Finds the line breaks that end a row: those that stand outside of quotes. */
  feed(chunk: string): CsvRow[] {
    const rows: CsvRow[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (code === 34) this.#quoted = !this.#quoted;
      else if (code === 10) {
        this.#line++;
        if (this.#quoted) continue;
        this.#end(rows, chunk.slice(start, at));
        start = at + 1;
      }
    }
    this.#hold(chunk.slice(start));
    return rows;
  }

  #hold(part: string): void {
    if (this.#row.length + part.length > maxRecordChars) this.#tooLong = true;
    else this.#row += part;
  }

  #end(rows: CsvRow[], tail: string): void {
    this.#hold(tail);
    const text = this.#row.replace(/\r$/, '').replace(/^\ufeff/, '');
    if (text !== '')
      rows.push({ line: this.#startedAt, text, fields: fieldsOf(text), tooLong: this.#tooLong });
    this.#row = '';
    this.#tooLong = false;
    this.#startedAt = this.#line;
  }
}

function fieldsOf(row: string): string[] {
  if (!row.includes('"')) return row.split(',');
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < row.length; at++) {
    const character = row.charAt(at);
    if (quoted) {
      if (character !== '"') field += character;
      else if (row.charAt(at + 1) === '"') field += row.charAt(++at);
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      fields.push(field);
      field = '';
    } else field += character;
  }
  fields.push(field);
  return fields;
}
