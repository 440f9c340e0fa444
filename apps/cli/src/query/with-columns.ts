import { CliError, didYouMean } from '../terminal/errors.js';
import type { Lake } from './lake.js';
import type { ResultColumn } from './query-result.js';

/**
 * The rows of a lake with these columns of each result, in this order; all of them where none are named.
 *
 * @throws CliError `USAGE`, once the statement has run, for a name that it does not have
 */
export function withColumns(
  lake: Pick<Lake, 'stream'>,
  names: readonly string[] | undefined,
): Pick<Lake, 'stream'> {
  if (names === undefined) return lake;
  return {
    async stream(sql, sink, options) {
      let places: readonly number[] = [];
      let problem: CliError | undefined;
      const count = await lake.stream(
        sql,
        {
          columns(found) {
            const known = found.map(({ name }) => name);
            places = names.map((name) => known.indexOf(name.trim()));
            const missing = names.find((_, n) => places[n] === -1);
            if (missing === undefined)
              sink.columns(places.flatMap((at): ResultColumn[] => found.slice(at, at + 1)));
            else {
              const list = `Expected --columns to be some of ${known.join(', ')}; got ${missing}.`;
              problem = new CliError('USAGE', `${list}${didYouMean(missing, known)}`);
            }
          },
          rows: (rows) =>
            problem === undefined ? sink.rows(rows.map((row) => places.map((at) => row[at]))) : undefined,
        },
        options,
      );
      if (problem !== undefined) throw problem;
      return count;
    },
  };
}
