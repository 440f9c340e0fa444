/** A statement or an expression, and what Athena answers. */
export interface DifferentialCase {
  readonly sql: string;
  readonly isQuery: boolean;
  /** The value as Athena prints it; of a query of more than one value, its rows as JSON. */
  readonly value: string;
  /** Type of the column, where it is asked for; a decimal's with its digits. */
  readonly type: string | undefined;
  /** Part of the reason, where the answer is a failure. */
  readonly fails: string | undefined;
}

/** Reads a table of lines: `sql ==> value :: type`, or `sql ==> ERR reason`. */
export function readDifferential(table: string): readonly DifferentialCase[] {
  return table
    .split('\n')
    .filter((line) => line.includes(' ==> '))
    .map((line) => {
      const [sql = '', answer = ''] = line.split(' ==> ');
      const [value = '', type] = answer.split(' :: ');
      const isFailure = value.startsWith('ERR');
      return {
        sql: sql.trim(),
        isQuery: /^(?:SELECT|WITH|TABLE|VALUES)\b/.test(sql.trim()),
        value: value.trim(),
        type: type?.trim(),
        fails: isFailure ? value.slice('ERR'.length).trim() : undefined,
      };
    });
}
