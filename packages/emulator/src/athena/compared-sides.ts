import { callOf, isNode, nodesOf, type SqlNode, textOf } from './sql-ast.js';
import { familyOf, isNullConstant } from './static-family.js';

/** What the grammar makes of intervals. */
const intervals = new Set(['to_months', 'to_days', 'to_milliseconds']);

const isQuery = (node: unknown): boolean => isNode(node) && node.class === 'SUBQUERY';

/** One side of a comparison: it fails where the two have types that Athena does not compare. */
export function side(value: unknown, other: unknown, check = 'trino_side'): unknown {
  if (isNullConstant(value) || isNullConstant(other)) return value;
  if (other === undefined || isQuery(value) || isQuery(other)) return value;
  // What the text of both tells needs no check.
  const family = familyOf(value);
  if (family !== undefined && family !== 'time' && family !== 'array' && family === familyOf(other))
    return value;
  return callOf(check, [value, other]);
}

/** The side that the other one's check covers. */
export function otherSide(value: unknown, other: unknown): unknown {
  return familyOf(value) === 'varchar' || familyOf(value) === 'number'
    ? value
    : side(value, other, 'trino_other_side');
}

/**
 * A side of a comparison that is the current time, with or without an interval, or read by from_iso8601_timestamp, as
 * an instant without its zone, which decides nothing here: planning `ts > current_timestamp - INTERVAL '7' DAY` took 40 ms with it.
 */
export function instantOf(value: unknown): unknown {
  if (!isNode(value)) return value;
  const name = textOf(value.function_name);
  if (name === 'trino_now') return callOf('trino_localtimestamp', []);
  const [left, right] = nodesOf(value.children);
  if (name === 'trino_iso_instant') return callOf('trino_iso_moment', [left]);
  const isShift = name === 'trino_add' || name === 'trino_subtract';
  if (!isShift || left?.function_name !== 'trino_now' || !intervals.has(textOf(right?.function_name)))
    return value;
  return { ...value, children: [callOf('trino_localtimestamp', []), right] };
}

/** Macros that choose a form by the type of a column, and what stands for them where its query is an outer one. */
function checkedWithin(name: string): string {
  if (['trino_side', 'trino_other_side', 'trino_branch', 'trino_multiply', 'trino_product'].includes(name))
    return name.replace('_', '_inner_');
  return name.startsWith('trino_to_') ? name.replace(/_column$/, '') : name;
}

/** A query within an expression, which may use columns of the queries around it. */
export function withChecksWithin(tree: SqlNode): SqlNode {
  return withCalls(tree, checkedWithin);
}

/** A tree with other names of functions. */
export function withCalls(tree: SqlNode, nameOf: (name: string) => string): SqlNode {
  // Arguments that are in several places stay one.
  const known = new Map<object, unknown>();
  const changed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(changed);
    if (!isNode(value)) return value;
    const before = known.get(value);
    if (before !== undefined) return before;
    const after = Object.fromEntries(fieldsOf(value, changed, nameOf));
    known.set(value, after);
    return after;
  };
  return Object.fromEntries(fieldsOf(tree, changed, nameOf));
}

function fieldsOf(
  node: SqlNode,
  changed: (value: unknown) => unknown,
  nameOf: (name: string) => string,
): readonly (readonly [string, unknown])[] {
  return Object.entries(node).map(([field, inner]) => [
    field,
    field === 'function_name' ? nameOf(textOf(inner)) : changed(inner),
  ]);
}
