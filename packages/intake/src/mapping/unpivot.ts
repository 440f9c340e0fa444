import type { Unpivot } from './document.js';
import { present, type SourceRecord } from './row.js';

/** Makes rows of columns. */
export interface RowMaker {
  /** Names of the cells that each row gets: the name first, then the values. */
  readonly made: readonly string[];
  /** Returns the cells of each row of a record. */
  cellsOf(record: SourceRecord): readonly (readonly unknown[])[];
}

/** What stands for `*`, to the column of each value, in the order of the document. */
type Group = readonly [string, readonly (string | undefined)[]];

/** Returns what makes rows of the columns of a document; with a header they are found once. */
export function createUnpivot(unpivot: Unpivot, header: readonly string[] | undefined): RowMaker {
  const patterns = Object.values(unpivot.columns);
  const made = [unpivot.name, ...Object.keys(unpivot.columns)];
  const except = new Set(unpivot.except ?? []);
  const known = header === undefined ? undefined : groupsOf(header, patterns, except);
  return {
    made,
    cellsOf(record) {
      const groups = known ?? groupsOf(Object.keys(record), patterns, except);
      return groups.map(([name, columns]) => [
        name,
        ...columns.map((column) => (column === undefined ? undefined : present(record[column]))),
      ]);
    },
  };
}

/** Returns the columns that the patterns take, by what stands for `*`, in the order of the header. */
export function groupsOf(
  header: readonly string[],
  patterns: readonly string[],
  except: ReadonlySet<string>,
): readonly Group[] {
  const groups = new Map<string, (string | undefined)[]>();
  for (const column of header) {
    if (except.has(column)) continue;
    for (const [index, pattern] of patterns.entries()) {
      const name = starOf(column, pattern);
      if (name === undefined) continue;
      const group = groups.get(name) ?? patterns.map(() => undefined);
      group[index] = column;
      groups.set(name, group);
      break;
    }
  }
  return [...groups];
}

/** What stands for the pattern's `*` in a column's name, whatever the case of the rest; undefined where it does not fit. */
export function starOf(column: string, pattern: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return undefined;
  const [before, after] = [pattern.slice(0, star).toLowerCase(), pattern.slice(star + 1).toLowerCase()];
  const name = column.toLowerCase();
  const fits = name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
  return fits ? column.slice(before.length, column.length - after.length).trim() : undefined;
}
