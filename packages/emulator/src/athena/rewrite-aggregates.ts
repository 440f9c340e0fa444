import { notSupported } from './athena-error.js';
import {
  asTyped,
  callOf,
  castNode,
  isNode,
  type SqlNode,
  textNode,
  textOf,
  type FunctionRewrite,
} from './sql-ast.js';

/** The same aggregate or window under another name, with other arguments; what is around it takes its alias. */
function other(call: SqlNode, name: string, children: readonly unknown[]): SqlNode {
  return { ...call, function_name: name, is_operator: false, children, alias: '' };
}

/** An aggregate with something around it. */
function around(target: string, name?: string): FunctionRewrite {
  return (call, own, children) => callOf(target, [other(call, name ?? own, children)], call);
}

const ofBits =
  (name: string): FunctionRewrite =>
  (call, _name, children) => ({
    ...castNode(other(call, name, children), 'BIGINT'),
    alias: textOf(call.alias),
  });

const extreme =
  (single: string, several: string): FunctionRewrite =>
  (call, _name, children) => ({
    ...call,
    function_name: children.length === 3 ? several : single,
    children,
  });

const named = (child: unknown, alias: string): SqlNode => ({ ...(isNode(child) ? child : {}), alias });

/** A map of the keys and values of all rows. */
const ofEntries =
  (target: string): FunctionRewrite =>
  (call, _name, children) =>
    callOf(
      target,
      [other(call, 'list', [callOf('struct_pack', [named(children[0], '$0'), named(children[1], '$1')])])],
      call,
    );

/** A product whose own type nobody sees. */
const product = (child: unknown): unknown =>
  isNode(child) && child.function_name === 'trino_multiply'
    ? { ...child, function_name: 'trino_product' }
    : child;

/** Aggregates that are not a function of DuckDB's as they are. */
export const aggregateRewrites: Readonly<Record<string, FunctionRewrite>> = {
  // The greatest value only shows the type, and DuckDB drops what only does that.
  '@sum': (call, _name, children) => {
    const summed = children.map(product);
    return callOf('trino_sum', [other(call, 'max', summed), other(call, 'sum', summed)], call);
  },
  '@histogram': around('trino_histogram'),
  // Decimals have a mean of their own digits; of what is not one, DuckDB drops the sum and the count.
  '@avg': (call, _name, children) =>
    callOf(
      'trino_mean',
      [
        other(call, 'max', children),
        other(call, 'max', children),
        other(call, 'avg', children),
        other(call, 'sum', children),
        other(call, 'count', children),
      ],
      call,
    ),
  '@max_by': extreme('arg_max_null', 'arg_max'),
  '@min_by': extreme('arg_min_null', 'arg_min'),
  '@map_agg': ofEntries('trino_first_of_key'),
  '@multimap_agg': ofEntries('trino_multimap_of'),
  '@listagg': (call, _name, children) => ({
    ...call,
    function_name: 'string_agg',
    children: [
      callOf('trino_is_text', [children[0], asTyped(textNode('listagg'), 'VARCHAR')]),
      children[1] ?? asTyped(textNode(''), 'VARCHAR'),
    ],
  }),
  '@geometric_mean': (call, _name, children) =>
    callOf('exp', [other(call, 'avg', [callOf('ln', children)])], call),
  '@bit_and': ofBits('bit_and'),
  '@bit_or': ofBits('bit_or'),
  '@bit_xor': ofBits('bit_xor'),
  '@approx_distinct': (call, _name, children) => {
    if (children.length === 0) throw notSupported('approx_distinct without a value');
    return { ...call, function_name: 'count', distinct: true, children: children.slice(0, 1) };
  },
};
