import { lettersOf } from '../mapping/columns.js';
import type { Unpivot } from '../mapping/document.js';
import { groupsOf } from '../mapping/unpivot.js';
import { allWords, isMostlyWhole, type ColumnFacts } from './column-roles.js';
import { columnWords, quantityWords, type ColumnRole } from './column-words.js';
import type { Roles } from './field-guesses.js';
import { isForOther } from './other-columns.js';

/** Columns that a source has once for each store, such as `In stock [Main]` and `In stock [Airport]`. */
export interface WideColumns {
  readonly unpivot: Unpivot;
  /** What the cells of a row are for, with the values of all stores. */
  readonly roles: ReadonlyMap<ColumnRole, ColumnFacts>;
  /** Names of the columns that are read so. */
  readonly columns: ReadonlySet<string>;
  /** The stores. */
  readonly stores: readonly string[];
}

/** Roles whose columns may be there once for each store, and what their cells are called. */
const wideRoles = [
  ['current_stock', 'stock'],
  ['min_threshold', 'least'],
  ['on_order', 'ordered'],
  ['unit_price', 'price'],
] as const satisfies readonly (readonly [ColumnRole, string])[];

/** Returns the columns of each store; undefined where the source has a stock without a store in its name, or of one store alone. */
export function wideColumns(facts: readonly ColumnFacts[]): WideColumns | undefined {
  const stocks = groupOf(facts, 'current_stock');
  if (stocks === undefined) return undefined;
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const stores = new Set(stocks.stores);
  const patterns: Record<string, string> = {};
  const roles = new Map<ColumnRole, ColumnFacts>();
  const columns = new Set<string>();
  const except = new Set<string>();
  for (const [role, cell] of wideRoles) {
    const group = role === 'current_stock' ? stocks : groupOf(facts, role);
    if (group === undefined || group.stores.some((store) => !stores.has(store))) continue;
    patterns[cell] = group.pattern;
    for (const name of group.columns) columns.add(name);
    for (const name of group.others) except.add(name);
    roles.set(
      role,
      factOfAll(
        cell,
        group.columns.flatMap((name) => byName.get(name) ?? []),
      ),
    );
  }
  const isTaken = byName.has('store');
  return {
    unpivot: {
      name: isTaken ? 'store of column' : 'store',
      columns: patterns,
      ...(except.size === 0 ? {} : { except: [...except] }),
    },
    roles,
    columns,
    stores: stocks.stores,
  };
}

/** Notes numbers whose columns have names of their own where no column is for stores: they may be the stores. */
export function noteStores(facts: readonly ColumnFacts[], roles: Roles, notes: string[]): void {
  const read = new Set(roles.values());
  const numbers = facts.filter((fact) => !read.has(fact) && fact.values.length > 0 && fact.numeric === 1);
  if (numbers.length < 2 || roles.has('store_id') || roles.has('store_name')) return;
  const except = facts.filter((fact) => !numbers.includes(fact)).map(({ name }) => name);
  const unpivot = { name: 'store', columns: { stock: '*' }, except };
  const named = numbers.slice(0, 10).map(({ name }) => JSON.stringify(name));
  notes.push(
    `${named.join(', ')} hold numbers: where each is the stock of a store, add "unpivot": ${JSON.stringify(unpivot)}, and read store_id from "store" and current_stock from "stock".`,
  );
}

interface Group {
  readonly pattern: string;
  readonly columns: readonly string[];
  readonly stores: readonly string[];
  /** Columns of the pattern that are of no store. */
  readonly others: readonly string[];
}

/** The pattern of a role that takes most columns; undefined where a column is the role's own, or none takes two. */
function groupOf(facts: readonly ColumnFacts[], role: ColumnRole): Group | undefined {
  const words = new Set(
    columnWords.flatMap(([of, list]) => (of === role ? list.filter((word) => !quantityWords.has(word)) : [])),
  );
  if (role === 'current_stock' && facts.some(({ name }) => words.has(lettersOf(name)))) return undefined;
  const numbers = facts.filter(({ values, numeric }) => values.length === 0 || numeric === 1);
  const names = numbers.map(({ name }) => name);
  let best: Group | undefined;
  for (const pattern of new Set(names.flatMap((name) => patternsOf(name, words)))) {
    const all = groupsOf(names, [pattern], new Set());
    const found = all.filter(([store]) => isStore(store));
    const columns = found.flatMap(([, [column = '']]) =>
      isForOther(lettersOf(column), role) ? [] : [column],
    );
    if (columns.length < Math.max(2, (best?.columns.length ?? 0) + 1) || columns.length < found.length)
      continue;
    best = {
      pattern,
      columns,
      stores: found.map(([store]) => store),
      others: all.flatMap(([store, [column = '']]) => (isStore(store) ? [] : [column])),
    };
  }
  return best;
}

/** A word for something else, such as the `min` of `Stock min`, is no store. */
const isStore = (name: string): boolean => {
  const letters = lettersOf(name);
  return (
    letters !== '' &&
    !allWords.has(letters) &&
    !totalWords.has(letters) &&
    !isForOther(letters, 'current_stock')
  );
};

/** What all stores have together. */
const totalWords = new Set(
  'total totals all sum gesamt summe alle tout tous todo todas totale tutti totaal samtliga alla wszystkie celkem итого всего 合計 合计 总计 합계'
    .split(' ')
    .map(lettersOf),
);

/** The patterns that a column's name gives: its word at the beginning or the end, and the store at the other. */
function patternsOf(name: string, words: ReadonlySet<string>): readonly string[] {
  return [...name.matchAll(/[\s_\-:|/.[\](){}]+/g)].flatMap(({ 0: between, index }) => {
    const end = index + between.length;
    const closing = /[\])}]+\s*$/.exec(name)?.[0] ?? '';
    const isBracketed = /[[({]/.test(between) && closing !== '';
    if (words.has(lettersOf(name.slice(0, index))))
      return [`${name.slice(0, end)}*${isBracketed ? closing : ''}`];
    return words.has(lettersOf(name.slice(end))) ? [`*${name.slice(index)}`] : [];
  });
}

function factOfAll(name: string, facts: readonly ColumnFacts[]): ColumnFacts {
  const texts = facts.flatMap((fact) => fact.texts);
  return {
    name,
    values: facts.flatMap((fact) => fact.values),
    texts,
    distinct: new Set(texts).size,
    numeric: 1,
    isWhole: isMostlyWhole(texts),
    isEan: false,
    isTime: false,
  };
}
