import { notSupported, QueryFailure } from './athena-error.js';
import { isNode, nodesOf, type SqlNode, textOf } from './sql-ast.js';

/** The parts of a SELECT in which Athena knows columns alone, and DuckDB also the names that the SELECT gives. */
const parts = ['select_list', 'group_expressions', 'where_clause', 'having'] as const;

/**
 * Lets a name in GROUP BY, WHERE, HAVING and the SELECT list mean a column, never an alias of the same SELECT: the
 * name is written out with its table, so that where there is no such column the query fails, as in Athena.
 */
export function withoutAliases(select: SqlNode): SqlNode {
  const aliases = new Set(
    nodesOf(select.select_list)
      .filter(({ class: kind, alias }) => textOf(alias) !== '' && kind !== 'STAR')
      .map(({ alias }) => textOf(alias).toLowerCase()),
  );
  if (aliases.size === 0) return select;
  const table = onlyTable(select.from_table);
  const written = parts
    .filter((part) => part in select)
    .map((part): [string, unknown] => [part, qualified(select[part], aliases, table)]);
  return { ...select, ...Object.fromEntries(written) };
}

/** Name of the one table of a FROM; `undefined` for a join, `null` where there is no FROM. */
function onlyTable(from: unknown): string | null | undefined {
  const node = isNode(from) ? from : {};
  const type = textOf(node.type);
  if (type === 'EMPTY' || type === '') return null;
  if (type === 'JOIN') return undefined;
  const alias = textOf(node.alias);
  const name = alias === '' ? textOf(node.table_name) : alias;
  return name === '' ? undefined : name;
}

function qualified(value: unknown, aliases: ReadonlySet<string>, table: string | null | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => qualified(item, aliases, table));
  // A query inside has names of its own.
  if (!isNode(value) || value.class === 'SUBQUERY') return value;
  const names: readonly unknown[] = Array.isArray(value.column_names) ? value.column_names : [];
  if (value.class === 'COLUMN_REF' && names.length === 1) {
    const name = textOf(names[0]);
    if (!aliases.has(name.toLowerCase())) return value;
    if (table === null) throw new QueryFailure(`COLUMN_NOT_FOUND: Column '${name}' cannot be resolved`);
    if (table === undefined) {
      throw notSupported(
        `"${name}", which names a column of the SELECT list and may name one of a joined table; write the table before it`,
      );
    }
    return { ...value, column_names: [table, name] };
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, qualified(inner, aliases, table)]),
  );
}
