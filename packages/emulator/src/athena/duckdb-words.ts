import type { SqlToken } from './sql-tokens.js';

/** Words that mean nothing in Trino's grammar of queries. */
const always: ReadonlySet<string> = new Set(
  `ANALYSE ANALYZE ASYMMETRIC CHECK COLLATE COLUMN DEFAULT DEFERRABLE DO FOREIGN GRANT INITIALLY LAMBDA PIVOT PLACING
  PRIMARY QUALIFY REFERENCES RETURNING SHOW SUMMARIZE SYMMETRIC UNIQUE UNPIVOT VARIADIC ANTI ASOF AUTHORIZATION
  COLLATION CONCURRENTLY FREEZE GENERATED GLOB ILIKE ISNULL NOTNULL OVERLAPS POSITIONAL SEMI SIMILAR`.split(
    /\s+/,
  ),
);

/**
 * Whether a word is a name in Trino's grammar and one that DuckDB reserves. Some words begin a clause in both, which is
 * told by what is beside them.
 */
export function isDuckDbsWord(tokens: readonly SqlToken[], at: number): boolean {
  const key = tokens[at]?.key ?? '';
  const keyAt = (index: number): string => tokens[index]?.key ?? '';
  if (always.has(key)) return true;
  const next = tokens[at + 1];
  switch (key) {
    case 'BOTH':
    case 'LEADING':
    case 'TRAILING':
      return keyAt(at - 2) !== 'TRIM';
    case 'LIMIT':
    case 'OFFSET':
      return next?.kind !== 'number' && !['ALL', '?'].includes(next?.key ?? '');
    case 'FETCH':
      return next?.key !== 'FIRST' && next?.key !== 'NEXT';
    case 'ONLY':
      return !keyAt(at - 1).startsWith('ROW');
    case 'WINDOW':
      return keyAt(at + 2) !== 'AS' || keyAt(at + 3) !== '(';
    case 'USER':
    case 'TO':
      return next?.text !== '(';
    default:
      return false;
  }
}

/** What is before a query; nothing at the beginning of its statement. */
const queryStarts: ReadonlySet<string> = new Set(
  '( ALL UNION EXCEPT INTERSECT DISTINCT )'.split(' ').concat(''),
);

/** Whether a word is the TABLE of `TABLE t`, which is a query of all columns. */
export function beginsTableQuery(tokens: readonly SqlToken[], at: number): boolean {
  const next = tokens[at + 1]?.kind;
  return (
    tokens[at]?.key === 'TABLE' &&
    (next === 'word' || next === 'name') &&
    queryStarts.has(tokens[at - 1]?.key ?? '')
  );
}
