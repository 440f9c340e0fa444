import { notSupported, QueryFailure } from './athena-error.js';
import { lambdaParameters } from './rewrite-lambdas.js';
import {
  callOf,
  columnNode,
  constantOf,
  isNode,
  nodesOf,
  type SqlNode,
  textOf,
  writeTree,
} from './sql-ast.js';

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

const namesOf = (node: SqlNode): readonly string[] =>
  node.class === 'COLUMN_REF' && Array.isArray(node.column_names) ? node.column_names.map(String) : [];

/** Fields of a tree that hold names, which are the same in any case of their letters. */
const nameFields = new Set(['column_names', 'function_name', 'relation_name', 'table_name']);

/** What an expression is, whatever its alias, its place in the statement and the case of its names. */
const keyOf = (node: SqlNode): string => writeTree(comparable(node, false));

/** The alias of a part of a row is the name of its field. */
function comparable(value: unknown, hasFields: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => comparable(item, hasFields));
  if (!isNode(value)) return value;
  const isRow = value.function_name === 'struct_pack';
  const fields = Object.entries(value).filter(
    ([field]) => field !== 'query_location' && (hasFields || field !== 'alias'),
  );
  return Object.fromEntries(
    fields.map(([field, inner]) => [
      field,
      nameFields.has(field) ? lowerCase(inner) : comparable(inner, isRow && field === 'children'),
    ]),
  );
}

function lowerCase(names: unknown): unknown {
  if (Array.isArray(names)) return names.map(lowerCase);
  return typeof names === 'string' ? names.toLowerCase() : names;
}

interface Leaf {
  readonly key: string;
  readonly names: readonly string[];
  readonly node: SqlNode;
}

const none: ReadonlySet<string> = new Set();

/** Names by which a FROM knows its tables. */
function tablesOf(from: unknown): ReadonlySet<string> {
  if (!isNode(from)) return none;
  if (from.type === 'JOIN') return new Set([...tablesOf(from.left), ...tablesOf(from.right)]);
  const name = textOf(from.alias) === '' ? textOf(from.table_name) : textOf(from.alias);
  return name === '' ? none : new Set([name.toLowerCase()]);
}

function notGrouped(node: SqlNode): QueryFailure {
  return new QueryFailure(
    `EXPRESSION_NOT_AGGREGATE: '${namesOf(node).join('.')}' must be an aggregate expression or appear in GROUP BY clause`,
  );
}

function stage(select: SqlNode, kind: 'groups' | 'windows'): SqlNode {
  const list = nodesOf(select.select_list);
  const stars = list.filter((item) => item.class === 'STAR');
  // Without groups, no column of `*` is one: the engine names the first in its refusal.
  if (stars.length > 0 && kind === 'groups' && nodesOf(select.group_expressions).length === 0)
    return { ...select, select_list: [...stars, callOf('count_star', [])], modifiers: [], having: null };
  const isJoin = isNode(select.from_table) && select.from_table.type === 'JOIN';
  if (stars.length > 1 || (stars.length === 1 && (kind === 'groups' || isJoin)))
    throw notSupported('* beside a calculation with an aggregate or a window; write the columns out');
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
    return { ...columnNode(name), alias: textOf(node.alias) };
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
      if (isSame) return { ...columnNode(name), alias: textOf(node.alias) };
    }
    return undefined;
  };
  const computed = kind === 'groups' ? isAggregate : isWindow;
  const tables = tablesOf(select.from_table);
  /** In a query inside, what it takes from this one. */
  const correlated = (value: unknown, own: ReadonlySet<string>): unknown => {
    if (Array.isArray(value)) return value.map((item) => correlated(item, own));
    if (!isNode(value)) return value;
    const within = 'from_table' in value ? new Set([...own, ...tablesOf(value.from_table)]) : own;
    const [table = '', ...rest] = namesOf(value).map((name) => name.toLowerCase());
    if (rest.length > 0 && tables.has(table) && !own.has(table)) {
      const found = known(value) ?? (kind === 'windows' ? leaf(value) : undefined);
      if (found === undefined) throw notGrouped(value);
      return { ...found, column_names: [`trino_${kind}`, ...namesOf(found)] };
    }
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [field, correlated(inner, within)]),
    );
  };
  const replace = (value: unknown, bound: ReadonlySet<string>, inOrder: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => replace(item, bound, inOrder));
    if (!isNode(value)) return value;
    if (value.class === 'SUBQUERY') return correlated(value, none);
    if (value.class === 'STAR') return value;
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
      throw notGrouped(value);
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
  const computedList = list.map((item) => {
    if (item.class === 'STAR') return item;
    const alias = textOf(item.alias) === '' ? (namesOf(item).at(-1) ?? '') : textOf(item.alias);
    const replaced = replace(item, none, false);
    return isNode(replaced) ? { ...replaced, alias } : replaced;
  });
  const having = kind === 'groups' && isNode(select.having) ? replace(select.having, none, false) : null;
  const modifiers = replace(select.modifiers, none, true);
  // What `*` stands for goes through the query within under its own names.
  const select_list = computedList.map((item) =>
    isNode(item) && item.class === 'STAR'
      ? { ...item, relation_name: '', exclude_list: [...leaves.keys()] }
      : item,
  );
  const inner = {
    ...select,
    cte_map: { map: [] },
    modifiers: [],
    select_list: [...stars, ...[...leaves].map(([name, { node }]) => ({ ...node, alias: name }))],
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
