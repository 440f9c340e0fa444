import { syntaxFailure } from './athena-error.js';
import type { SqlToken } from './sql-tokens.js';

/** Words that are no name in Trino without quotes: Trino's documentation, "Reserved keywords". */
const reserved: ReadonlySet<string> = new Set(
  `ALTER AND AS BETWEEN BY CASE CAST CONSTRAINT CREATE CROSS CUBE CURRENT_CATALOG CURRENT_DATE CURRENT_PATH CURRENT_ROLE
  CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEALLOCATE DELETE DESCRIBE DISTINCT DROP ELSE END ESCAPE
  EXCEPT EXECUTE EXISTS EXTRACT FALSE FOR FROM FULL GROUP GROUPING HAVING IN INNER INSERT INTERSECT INTO IS JOIN
  JSON_ARRAY JSON_EXISTS JSON_OBJECT JSON_QUERY JSON_TABLE JSON_VALUE LEFT LIKE LISTAGG LOCALTIME LOCALTIMESTAMP
  NATURAL NORMALIZE NOT NULL ON OR ORDER OUTER PREPARE RECURSIVE RIGHT ROLLUP SELECT SKIP TABLE THEN TRIM TRUE UESCAPE
  UNION UNNEST USING VALUES WHEN WHERE WITH`.split(/\s+/),
);
/** Reserved words that end a value, so that a bracket behind them takes an item of it. */
const endsValue: ReadonlySet<string> = new Set(['END', 'NULL', 'TRUE', 'FALSE']);

/** Refuses what DuckDB's grammar reads and Trino's does not. */
export function checkGrammar(tokens: readonly SqlToken[]): void {
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    if (token.text === '[' && !takesItem(before)) throw syntaxFailure("mismatched input '['");
    if (before?.key === 'AS' && token.kind === 'word' && reserved.has(token.key))
      throw syntaxFailure(`mismatched input '${token.text}'`);
    // Trino's OFFSET is before its LIMIT.
    if (token.key === 'OFFSET' && tokens[at - 2]?.key === 'LIMIT' && beginsCount(tokens[at + 1]))
      throw syntaxFailure(`mismatched input '${token.text}'. Expecting: <EOF>`);
  }
}

/** Whether a bracket behind a token is a subscript, or the list of ARRAY. */
function takesItem(before: SqlToken | undefined): boolean {
  if (before === undefined || before.kind === 'number') return false;
  if (before.kind === 'symbol') return [')', ']', '?'].includes(before.text);
  return before.kind !== 'word' || !reserved.has(before.key) || endsValue.has(before.key);
}

const beginsCount = (token: SqlToken | undefined): boolean => token?.kind === 'number' || token?.text === '?';
