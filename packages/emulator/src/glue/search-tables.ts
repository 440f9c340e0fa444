import { action, type Actions } from '../wire/service-entry.js';
import { integer, list, oneOf, structure, text } from '../wire/shape.js';
import { invalid, pageOf } from './glue-answers.js';
import type { CatalogContext, Fields, StoredTable } from './glue-state.js';

/** `PropertyPredicate` of a request. */
interface Predicate {
  readonly Key?: string;
  readonly Value?: string;
  readonly Comparator?: Comparator;
}

type Comparator = 'EQUALS' | 'GREATER_THAN' | 'LESS_THAN' | 'GREATER_THAN_EQUALS' | 'LESS_THAN_EQUALS';

const comparators: Readonly<Record<Comparator, (left: number, right: number) => boolean>> = {
  EQUALS: (left, right) => left === right,
  GREATER_THAN: (left, right) => left > right,
  LESS_THAN: (left, right) => left < right,
  GREATER_THAN_EQUALS: (left, right) => left >= right,
  LESS_THAN_EQUALS: (left, right) => left <= right,
};

const timeFields = ['CreateTime', 'UpdateTime', 'LastAccessTime', 'LastAnalyzedTime'];

/** The search over all tables of the catalog. */
export const searchActions: Actions<CatalogContext> = new Map([
  [
    // Those that all filters and the text match, in the order that is asked for.
    'SearchTables',
    action(
      structure({
        Filters: list(
          structure({
            Key: text(1, 255),
            Value: text(),
            Comparator: oneOf(
              'EQUALS',
              'GREATER_THAN',
              'LESS_THAN',
              'GREATER_THAN_EQUALS',
              'LESS_THAN_EQUALS',
            ),
          }),
        ),
        SearchText: text(0, 1024),
        SortCriteria: list(structure({ FieldName: text(0, 1024), Sort: oneOf('ASC', 'DESC') }), 0, 1),
        MaxResults: integer(1, 1000),
        NextToken: text(),
      }),
      (input, { state }: CatalogContext) => {
        const filters = (input.Filters ?? []).map(filterOf);
        const isFound = textSearch(input.SearchText ?? '');
        const all = [...state.databases.values()]
          .flatMap(({ tables }) => [...tables.values()].map(({ current }) => current))
          .filter((table) => isFound(table) && filters.every((keeps) => keeps(table)));
        const [criterion] = input.SortCriteria ?? [];
        const { items, nextToken } = pageOf(sorted(all, criterion), input, 1000);
        return { TableList: items, NextToken: nextToken };
      },
    ),
  ],
]);

function filterOf({
  Key = '',
  Value = '',
  Comparator = 'EQUALS',
}: Predicate): (table: StoredTable) => boolean {
  if (timeFields.includes(Key)) {
    const wanted = secondsOf(Value, Key);
    return (table) => typeof table[Key] === 'number' && comparators[Comparator](table[Key], wanted);
  }
  const wanted = Value.toLowerCase();
  return (table) => {
    const found = valueOf(table, Key).toLowerCase();
    return found === wanted || tokensOf(found).includes(wanted);
  };
}

/** Glue splits a text at punctuation and compares each token: `link` finds `customer-link`, and not `xxlinkyy`. */
function tokensOf(found: string): readonly string[] {
  return found.split(/[^\p{L}\p{N}_]+/u);
}

/** A field of a table, or one of its parameters. */
function valueOf(table: StoredTable, key: string): string {
  // Text when the table came in, where it is there.
  const parameters = (table.Parameters ?? {}) as Readonly<Record<string, string>>;
  const value = Object.hasOwn(table, key)
    ? table[key]
    : Object.hasOwn(parameters, key)
      ? parameters[key]
      : '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function secondsOf(value: string, key: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Date.parse(value) / 1000;
  if (!Number.isNaN(seconds)) return seconds;
  throw invalid(
    `Expected the value of filter ${key} to be seconds since 1970 or an ISO time, got "${value}"`,
  );
}

/** Looks for a text in names, descriptions, columns and parameters; in quotes it must be a whole one of these. */
function textSearch(search: string): (table: StoredTable) => boolean {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return () => true;
  const [, exact] = /^"(.*)"$/.exec(wanted) ?? [];
  return (table) =>
    textsOf(table).some((found) => (exact === undefined ? found.includes(wanted) : found === exact));
}

function textsOf(table: StoredTable): readonly string[] {
  // Checked when the table came in.
  const storage = (table.StorageDescriptor ?? {}) as { readonly Columns?: readonly Fields[] };
  const keys = (table.PartitionKeys ?? []) as readonly Fields[];
  const columns = [...(storage.Columns ?? []), ...keys].flatMap(({ Name, Comment }) => [Name, Comment]);
  const parameters = Object.entries((table.Parameters ?? {}) as Fields).flat();
  return [table.Name, table.DatabaseName, table.Description, table.Owner, ...columns, ...parameters]
    .filter((found) => typeof found === 'string')
    .map((found) => found.toLowerCase());
}

function sorted(
  tables: readonly StoredTable[],
  criterion: { readonly FieldName?: string; readonly Sort?: 'ASC' | 'DESC' } | undefined,
): readonly StoredTable[] {
  if (criterion === undefined) return tables;
  const { FieldName: field = 'Name', Sort: direction = 'ASC' } = criterion;
  const sign = direction === 'ASC' ? 1 : -1;
  return tables.toSorted((a, b) => {
    const [left, right] = [valueOf(a, field), valueOf(b, field)];
    const isTime = timeFields.includes(field);
    return sign * (isTime ? Number(left) - Number(right) : left < right ? -1 : left === right ? 0 : 1);
  });
}
