import { notSupported } from './athena-error.js';
import { lambdaParameters } from './rewrite-lambdas.js';
import { callOf, isNode, numberNode, type SqlNode, textOf } from './sql-ast.js';

const column = (name: string): SqlNode => ({
  class: 'COLUMN_REF',
  type: 'COLUMN_REF',
  alias: '',
  query_location: 0,
  column_names: [name],
});

function select(select_list: readonly unknown[], from_table: SqlNode): SqlNode {
  return {
    type: 'SELECT_NODE',
    modifiers: [],
    cte_map: { map: [] },
    select_list,
    from_table,
    where_clause: null,
    group_expressions: [],
    group_sets: [],
    aggregate_handling: 'STANDARD_HANDLING',
    having: null,
    sample: null,
    qualify: null,
  };
}

const nothing: SqlNode = { type: 'EMPTY', alias: '', sample: null, query_location: 0 };

function subquery(node: SqlNode, alias: string, names: unknown): SqlNode {
  return {
    type: 'SUBQUERY',
    alias,
    sample: null,
    query_location: 0,
    subquery: { node, named_param_map: [] },
    column_name_alias: names,
  };
}

/**
 * UNNEST as DuckDB has it: one array as it is; several, a map, rows, or ordinality as a query beside the row, in which
 * the shorter ones are filled with NULL.
 */
export function unnested(node: SqlNode, call: SqlNode, written: readonly SqlNode[]): SqlNode {
  const { children, source } = besideRow(written);
  const aliases = Array.isArray(node.column_name_alias) ? node.column_name_alias.map(textOf) : [];
  const withOrdinality = node.with_ordinality === 'WITH_ORDINALITY';
  const columns = aliases.length - (withOrdinality ? 1 : 0);
  const isPlain = written.length === 1 && (written[0]?.class === 'COLUMN_REF' || source === nothing);
  if (isPlain && !withOrdinality && columns <= 1)
    return { ...node, function: { ...call, children: written } };
  const spreads = children.length === 1 && columns > 1;
  if (!spreads && aliases.length > 0 && columns !== children.length) {
    throw notSupported('UNNEST of several maps or arrays of rows; UNNEST each by itself');
  }
  const items = children.map((child, at) => {
    const list = spreads ? callOf('trino_entries', [child, child]) : child;
    return { ...callOf('unnest', [list]), alias: `trino_item_${at}` };
  });
  // Numbers of the places, as many as the longest has.
  if (withOrdinality) {
    const longest = children.map((child) =>
      callOf('len', [spreads ? callOf('trino_entries', [child, child]) : child]),
    );
    const most = longest.length === 1 ? longest[0] : callOf('greatest', longest);
    items.push({
      ...callOf('unnest', [callOf('generate_series', [numberNode(1), most])]),
      alias: 'trino_place',
    });
  }
  const inner = select(items, source);
  const outer: SqlNode[] = spreads
    ? Array.from({ length: columns }, (_, at) => ({
        ...callOf('struct_extract_at', [column('trino_item_0'), numberNode(at + 1)]),
        alias: aliases[at] ?? '',
      }))
    : items
        .slice(0, children.length)
        .map(({ alias }, at) => ({ ...column(textOf(alias)), alias: aliases[at] ?? `field${at}` }));
  if (withOrdinality) outer.push({ ...column('trino_place'), alias: aliases.at(-1) ?? 'ordinality' });
  return subquery(select(outer, subquery(inner, 'trino_unnested', [])), textOf(node.alias), aliases);
}

/**
 * The columns that the arrays are made of, as a query of their own: DuckDB does not know the types of another table's
 * columns while it chooses the form of a macro.
 */
function besideRow(written: readonly SqlNode[]): {
  readonly children: readonly SqlNode[];
  readonly source: SqlNode;
} {
  const columns: SqlNode[] = [];
  const moved = (value: unknown, bound: ReadonlySet<string>): unknown => {
    if (Array.isArray(value)) return value.map((item) => moved(item, bound));
    if (!isNode(value) || value.class === 'SUBQUERY') return value;
    if (value.class === 'COLUMN_REF') {
      const [first = ''] = Array.isArray(value.column_names) ? value.column_names.map(String) : [];
      if (bound.has(first.toLowerCase())) return value;
      const alias = `trino_column_${columns.length}`;
      columns.push({ ...value, alias });
      return column(alias);
    }
    const names =
      value.class === 'LAMBDA'
        ? new Set([...bound, ...lambdaParameters(value).map((name) => name.toLowerCase())])
        : bound;
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [field, field === 'lhs' ? inner : moved(inner, names)]),
    );
  };
  // The tree keeps its shape; only columns are renamed.
  const children = moved(written, new Set()) as readonly SqlNode[];
  return {
    children,
    source: columns.length === 0 ? nothing : subquery(select(columns, nothing), 'trino_row', []),
  };
}
