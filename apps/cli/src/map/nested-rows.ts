import type { SourceRecord } from '@store/intake';

/** Records as a table: with the header of their source, or with the keys that they have. */
export interface RecordTable {
  readonly columns: readonly string[];
  readonly rows: readonly SourceRecord[];
  /** Path to the rows, where they are in a list within each record. */
  readonly records?: string;
}

/** Objects within each other that are looked through for a list of rows. */
const DEEPEST = 4;
const COLUMNS_SEEN = 1_000;

/** Returns records as a table; those of JSON may hold their rows in a list: then it is the longest one of the first record. */
export function rowsOfDocuments(
  records: readonly SourceRecord[],
  header: readonly string[] | undefined,
): RecordTable {
  if (header !== undefined) return { columns: header, rows: records };
  const [first] = records;
  const nested = first === undefined ? undefined : longestList(first, '$', DEEPEST);
  if (nested === undefined) return { columns: keysOf(records), rows: records };
  const rows = records.flatMap((record) => nested.rowsOf(record));
  return { columns: keysOf(rows), rows, records: `${nested.path}[*]` };
}

const keysOf = (rows: readonly SourceRecord[]): readonly string[] =>
  [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, COLUMNS_SEEN);

interface NestedList {
  readonly path: string;
  readonly length: number;
  rowsOf(record: SourceRecord): readonly SourceRecord[];
}

function longestList(record: SourceRecord, path: string, depth: number): NestedList | undefined {
  let best: NestedList | undefined;
  for (const [key, value] of Object.entries(record)) {
    // A key of other characters would have to be quoted: lists of rows have plain names.
    if (!/^[\w-]{1,100}$/.test(key)) continue;
    const here = `${path}.${key}`;
    const of = (owner: SourceRecord): unknown => (Object.hasOwn(owner, key) ? owner[key] : undefined);
    let found: NestedList | undefined;
    if (Array.isArray(value)) {
      const rows = rowsIn(value);
      if (rows.length > 0 && rows.length === value.length)
        found = { path: here, length: rows.length, rowsOf: (owner) => rowsIn(of(owner)) };
    } else if (isRecord(value) && depth > 1) {
      const inner = longestList(value, here, depth - 1);
      if (inner !== undefined)
        found = {
          ...inner,
          rowsOf(owner) {
            const next = of(owner);
            return isRecord(next) ? inner.rowsOf(next) : [];
          },
        };
    }
    if (found !== undefined && found.length > (best?.length ?? 0)) best = found;
  }
  return best;
}

const rowsIn = (value: unknown): readonly SourceRecord[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

const isRecord = (value: unknown): value is SourceRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
