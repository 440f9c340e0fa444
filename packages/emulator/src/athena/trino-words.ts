/** Types whose name is before a text: a literal. */
export const literalTypes: ReadonlySet<string> = new Set(
  `DECIMAL REAL DOUBLE BIGINT INTEGER INT SMALLINT TINYINT BOOLEAN JSON VARCHAR CHAR DATE`.split(' '),
);
/** Symbols of DuckDB's that Trino does not know. */
export const foreignSymbols: ReadonlySet<string> = new Set([
  '::',
  '==',
  '=>',
  '`',
  '{',
  '}',
  '^',
  '&',
  '~',
  '#',
  '@',
  '$',
  '!',
  ':',
  '\\',
]);
/** Words that are calls without parentheses. */
export const wordCalls: Readonly<Record<string, string>> = {
  CURRENT_DATE: 'current_date',
  CURRENT_TIMESTAMP: 'current_timestamp',
  LOCALTIMESTAMP: 'localtimestamp',
};
/** Words of Trino's that are refused, with what to write instead. */
export const refusedWords: Readonly<Record<string, string>> = {
  CURRENT_TIME: 'current_time, since the type time is not served; use current_timestamp',
  LOCALTIME: 'localtime, since the type time is not served; use localtimestamp',
  MATCH_RECOGNIZE: 'MATCH_RECOGNIZE; use window functions',
  TABLESAMPLE: 'TABLESAMPLE; use WHERE random() < 0.1',
};

/** Functions of SQL's own for JSON, which have clauses. */
export const jsonCalls: ReadonlySet<string> = new Set([
  'JSON_VALUE',
  'JSON_QUERY',
  'JSON_EXISTS',
  'JSON_OBJECT',
  'JSON_ARRAY',
]);
