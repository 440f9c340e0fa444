import { JsonNumber, readJson, stringifyJson } from '@store/foundation';

/** A node of the tree that DuckDB's `json_serialize_sql` gives for a statement. */
export type SqlNode = Readonly<Record<string, unknown>>;

/** Whether a value is a node: an object, and no list. */
export function isNode(value: unknown): value is SqlNode {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
  );
}

/** A field that holds a list of nodes. */
export function nodesOf(value: unknown): readonly SqlNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** A field that holds text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A call of a function, in the place of another expression, whose alias it keeps. */
export function callOf(name: string, children: readonly unknown[], place: SqlNode = {}): SqlNode {
  return {
    class: 'FUNCTION',
    type: 'FUNCTION',
    alias: textOf(place.alias),
    query_location: place.query_location ?? 0,
    function_name: name,
    schema: '',
    catalog: '',
    children,
    filter: null,
    order_bys: { type: 'ORDER_MODIFIER', orders: [] },
    distinct: false,
    is_operator: false,
    export_state: false,
  };
}

/**
 * A constant with its type written out: a text, so that it is never taken for a number or a date by itself; a
 * double, since DuckDB writes 5e0 back as 5.0, which is a decimal.
 */
export function asTyped(constant: SqlNode, type: string): SqlNode {
  return castNode({ ...constant, alias: '' }, type, constant);
}

/** A cast to a type without parameters, in the place of another expression. */
export function castNode(child: SqlNode, type: string, place: SqlNode = {}): SqlNode {
  return {
    class: 'CAST',
    type: 'OPERATOR_CAST',
    alias: textOf(place.alias),
    query_location: place.query_location ?? 0,
    child,
    cast_type: { id: type, type_info: null },
    try_cast: false,
  };
}

/** The type of a constant; `undefined` for anything else. */
export function constantType(node: unknown): string | undefined {
  if (!isNode(node) || node.class !== 'CONSTANT' || !isNode(node.value)) return undefined;
  const { type } = node.value;
  return isNode(type) ? textOf(type.id) : '';
}

/** The value of a constant expression that is a text or a small whole number; `undefined` for anything else. */
export function constantOf(node: unknown): string | number | undefined {
  if (!isNode(node) || node.class !== 'CONSTANT' || !isNode(node.value)) return undefined;
  const { value, type } = node.value;
  const kind = isNode(type) ? textOf(type.id) : '';
  if (kind === 'VARCHAR' && typeof value === 'string') return value;
  return kind === 'INTEGER' && typeof value === 'number' ? value : undefined;
}

/** Deepest tree that is read: an expression within another is one or two levels, its list another. */
const MAX_TREE_DEPTH = 1_500;

/** Reads a tree, with every digit of its numbers; `undefined` where it is deeper than a statement may be. */
export function readTree(json: string): unknown {
  const reading = readJson(json, { maxDepth: MAX_TREE_DEPTH });
  return reading.ok ? reading.value : undefined;
}

/** Writes a tree, its numbers as they were. */
export function writeTree(tree: unknown): string {
  return stringifyJson(tree);
}

/** A text as a constant. */
export function textNode(value: string): SqlNode {
  return constantNode('VARCHAR', value);
}

/** A small whole number as a constant. */
export function numberNode(value: number): SqlNode {
  return constantNode('INTEGER', value);
}

function constantNode(id: string, value: unknown): SqlNode {
  const type = { id, type_info: null };
  return {
    class: 'CONSTANT',
    type: 'VALUE_CONSTANT',
    alias: '',
    query_location: 0,
    value: { type, is_null: false, value },
  };
}

const known = new WeakMap<object, number>();

/**
 * Number of expressions in a tree as it would be written out. Some arguments are in it more than once, one
 * within another, and so it may be far longer than what holds it in memory; every part is visited once.
 */
export function expressionsIn(tree: unknown): number {
  if (typeof tree !== 'object' || tree === null) return 0;
  const before = known.get(tree);
  if (before !== undefined) return before;
  let count = 'class' in tree ? 1 : 0;
  for (const part of Object.values(tree)) count += expressionsIn(part);
  known.set(tree, count);
  return count;
}

/** What rewrites a call: the call as written, its name, and its arguments, rewritten. */
export type FunctionRewrite = (call: SqlNode, name: string, children: readonly unknown[]) => SqlNode;

/** A column of whichever table has one of that name. */
export function columnNode(name: string): SqlNode {
  return { class: 'COLUMN_REF', type: 'COLUMN_REF', alias: '', query_location: 0, column_names: [name] };
}

/** Prefix of the names given to columns that have none, until their place is known; no client can write it. */
export const UNNAMED = 'unnamed_column_';
