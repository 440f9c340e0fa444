import { JsonNumber } from '@store/foundation';
import { isPath, parsePath, valueAt } from './path.js';
import { present, type Getter, type Row } from './row.js';

/** Finds the columns of a source by the names that a document has for them. */
export interface Columns {
  /** Reads a column, a path, or what `unpivot` made. */
  getter(name: string): Getter;
}

/** What columns are found in. */
export interface ColumnsOptions {
  /** The header; undefined for a source without one. */
  readonly header: readonly string[] | undefined;
  /** Names that are found by their letters and digits alone; `*` means all. */
  readonly looseNames: readonly string[];
  /** Names that `unpivot` makes, in the order of its cells. */
  readonly made: readonly string[];
}

/** Keys of a source without a header whose letters are remembered. */
const KEYS_REMEMBERED = 10_000;

/** Returns a finder of columns. */
export function createColumns(options: ColumnsOptions): Columns {
  const { header, looseNames, made } = options;
  const letters = new Map<string, string>();
  const isLoose = (name: string): boolean => looseNames.includes(name) || looseNames.includes('*');
  return {
    getter(name) {
      const cell = made.indexOf(name);
      if (cell >= 0) return (row) => row.cells[cell];
      if (isPath(name)) return pathGetter(name);
      if (header !== undefined) {
        const column = findColumn(name, header, isLoose(name));
        return column === undefined ? () => undefined : keyGetter(column);
      }
      return isLoose(name) ? looseGetter(name) : keyGetter(name);
    },
  };

  function looseGetter(name: string): Getter {
    const exact = keyGetter(name);
    const wanted = lettersOf(name);
    return (row) => {
      const value = exact(row);
      if (value !== undefined) return value;
      for (const key of Object.keys(row.record)) if (remembered(key) === wanted) return row.record[key];
      return undefined;
    };
  }

  function remembered(key: string): string {
    let known = letters.get(key);
    if (known === undefined) {
      known = lettersOf(key);
      if (letters.size < KEYS_REMEMBERED) letters.set(key, known);
    }
    return known;
  }
}

/** Returns the header's name for a column: the same text, or with `loose` the only one of the same letters and digits. */
export function findColumn(name: string, header: readonly string[], loose: boolean): string | undefined {
  if (header.includes(name)) return name;
  if (!loose) return undefined;
  const wanted = lettersOf(name);
  const found = header.filter((column) => lettersOf(column) === wanted);
  return found.length === 1 ? found[0] : undefined;
}

/** A name's letters and digits in lower case, without accents: what is left of it whoever wrote it down. */
export function lettersOf(name: string): string {
  return name
    .slice(0, 1_000)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function keyGetter(key: string): Getter {
  // Every object has these without the record's saying so.
  if (key in Object.prototype) return ({ record }) => (Object.hasOwn(record, key) ? record[key] : undefined);
  return ({ record }) => record[key];
}

function pathGetter(text: string): Getter {
  const path = parsePath(text, 'one item');
  if (typeof path === 'string') return () => undefined;
  const { from, steps } = path;
  return from === '$' ? ({ root }) => valueAt(root, steps) : ({ record }) => valueAt(record, steps);
}

/** Returns the first of several columns that is there and not blank. */
export function firstPresent(getters: readonly Getter[]): Getter {
  const [first, ...others] = getters;
  if (first === undefined) return () => undefined;
  if (others.length === 0) return (row) => present(first(row));
  return (row) => {
    let value = present(first(row));
    for (let index = 0; value === undefined && index < others.length; index++)
      value = present(others[index]?.(row));
    return value;
  };
}

/** A record is an object with keys; a number that a double does not hold is none. */
export const isRecord = (value: unknown): value is Row['record'] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
