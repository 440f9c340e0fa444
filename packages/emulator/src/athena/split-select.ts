import { notSupported, QueryFailure } from './athena-error.js';
import { lambdaParameters } from './rewrite-lambdas.js';
import { constantOf, isNode, nodesOf, type SqlNode, textOf, writeTree } from './sql-ast.js';

const aggregates = new Set(
  `count count_star count_if sum avg min max bool_and bool_or any_value arg_max_null arg_min_null arg_max arg_min array_agg
  list string_agg histogram stddev stddev_samp stddev_pop variance var_samp var_pop corr covar_samp covar_pop regr_slope
  regr_intercept bit_and bit_or bit_xor quantile_disc`.split(/\s+/),
);

const isAggregate = (node: SqlNode): boolean =>
  (node.class === 'FUNCTION' && aggregates.has(textOf(node.function_name))) ||
  node.type === 'GROUPING_FUNCTION';
const isWindow = (node: SqlNode): boolean => node.class === 'WINDOW';

/**
 * A SELECT whose aggregates and window functions are computed by a query within. DuckDB does not know their types
 * while it chooses the form of a macro, so that what is around them needs them as columns.
 */
export function splitSelect(select: SqlNode): SqlNode {
  const parts = [select.select_list, select.having, select.modifiers];
  const wantsAggregates = parts.some((part) => holds(part, isAggregate, true));
  const wantsWindows = parts.some((part) => holds(part, isWindow, true));
  if (!wantsAggregates && !wantsWindows) return select;
  const hasGroups =
    nodesOf(select.group_expressions).length > 0 || parts.some((part) => holds(part, isAggregate, false));
  const grouped = hasGroups ? stage(select, 'groups') : select;
  return wantsWindows ? stage(grouped, 'windows') : grouped;
}

/** Whether a tree has such a node, `within` a macro of ours or anywhere; a query inside is another matter. */
function holds(tree: unknown, wanted: (node: SqlNode) => boolean, within: boolean): boolean {
  const work: (readonly [unknown, boolean])[] = [[tree, !within]];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const [value, counts] = next;
    if (Array.isArray(value)) for (const item of value) work.push([item, counts]);
    if (!isNode(value) || value.class === 'SUBQUERY') continue;
    if (counts && wanted(value)) return true;
    const inMacro = counts || textOf(value.function_name).startsWith('trino_');
    for (const inner of Object.values(value)) work.push([inner, inMacro]);
  }
  return false;
}

const column = (name: string): SqlNode => ({
  class: 'COLUMN_REF',
  type: 'COLUMN_REF',
  alias: '',
  query_location: 0,
  column_names: [name],
});

const namesOf = (node: SqlNode): readonly string[] =>
  node.class === 'COLUMN_REF' && Array.isArray(node.column_names) ? node.column_names.map(String) : [];

/** What an expression is, whatever its alias and its place in the statement. */
const keyOf = (node: SqlNode): string =>
  writeTree(node)
    .replaceAll(/"(?:query_location":\d+|alias":"[^"]*")/g, '')
    .toLowerCase();

interface Leaf {
  readonly key: string;
  readonly names: readonly string[];
  readonly node: SqlNode;
}

function stage(select: SqlNode, kind: 'groups' | 'windows'): SqlNode {
  const list = nodesOf(select.select_list);
  if (list.some((item) => item.class === 'STAR'))
    throw notSupported('* beside a calculation with a window function; write the columns out');
  const outputs = new Set(
    list.map(({ alias }) => textOf(alias).toLowerCase()).filter((alias) => alias !== ''),
  );
  const groups = nodesOf(select.group_expressions).map((group) => ordinal(group, list));
  const leaves = new Map<string, Leaf>();
  const leaf = (node: SqlNode): SqlNode => {
    const key = keyOf(node);
    const name =
      [...leaves.keys()].find((known) => leaves.get(known)?.key === key) ?? `trino_leaf_${leaves.size}`;
    leaves.set(name, { key, names: namesOf(node), node });
    return { ...column(name), alias: textOf(node.alias) };
  };
  for (const group of groups) leaf(group);
  const known = (node: SqlNode): SqlNode | undefined => {
    const key = keyOf(node);
    const names = namesOf(node);
    for (const [name, one] of leaves) {
      const isSame =
        one.key === key ||
        (names.length > 0 &&
          one.names.length > 0 &&
          one.names.length !== names.length &&
          (one.names.length === 1 || names.length === 1) &&
          one.names.at(-1)?.toLowerCase() === names.at(-1)?.toLowerCase());
      if (isSame) return { ...column(name), alias: textOf(node.alias) };
    }
    return undefined;
  };
  const computed = kind === 'groups' ? isAggregate : isWindow;
  const replace = (value: unknown, bound: ReadonlySet<string>, inOrder: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => replace(item, bound, inOrder));
    if (!isNode(value) || value.class === 'SUBQUERY') return value;
    const [first = '', second] = namesOf(value);
    if (
      value.class === 'COLUMN_REF' &&
      (bound.has(first.toLowerCase()) ||
        (inOrder && second === undefined && outputs.has(first.toLowerCase())))
    )
      return value;
    if (computed(value)) return leaf(value);
    if (value.class !== undefined && value.class !== 'CONSTANT') {
      const found = known(value);
      if (found !== undefined) return found;
    }
    if (value.class === 'COLUMN_REF') {
      if (kind === 'windows') return leaf(value);
      throw new QueryFailure(
        `EXPRESSION_NOT_AGGREGATE: '${namesOf(value).join('.')}' must be an aggregate expression or appear in GROUP BY clause`,
      );
    }
    const names =
      value.class === 'LAMBDA'
        ? new Set([...bound, ...lambdaParameters(value).map((name) => name.toLowerCase())])
        : bound;
    const fields = Object.entries(value).map(([field, inner]) => [
      field,
      field === 'lhs' ? inner : replace(inner, names, inOrder),
    ]);
    return Object.fromEntries(fields);
  };
  const none: ReadonlySet<string> = new Set();
  const select_list = list.map((item) => {
    const alias = textOf(item.alias) === '' ? (namesOf(item).at(-1) ?? '') : textOf(item.alias);
    const replaced = replace(item, none, false);
    return isNode(replaced) ? { ...replaced, alias } : replaced;
  });
  const having = kind === 'groups' && isNode(select.having) ? replace(select.having, none, false) : null;
  const modifiers = replace(select.modifiers, none, true);
  const inner = {
    ...select,
    cte_map: { map: [] },
    modifiers: [],
    select_list: [...leaves].map(([name, { node }]) => ({ ...node, alias: name })),
    having: null,
    ...(kind === 'groups' ? { group_expressions: groups } : {}),
  };
  const from_table = {
    type: 'SUBQUERY',
    alias: `trino_${kind}`,
    sample: null,
    query_location: 0,
    subquery: { node: inner, named_param_map: [] },
    column_name_alias: [],
  };
  return {
    ...select,
    modifiers,
    select_list,
    from_table,
    where_clause: having,
    having: null,
    group_expressions: [],
    group_sets: [],
  };
}

/** `GROUP BY 1` means the first expression of the SELECT. */
function ordinal(group: SqlNode, list: readonly SqlNode[]): SqlNode {
  const at = constantOf(group);
  const found = typeof at === 'number' ? list[at - 1] : undefined;
  return found === undefined ? group : { ...found, alias: '' };
}
