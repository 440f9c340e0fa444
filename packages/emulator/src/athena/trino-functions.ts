import { notSupported, QueryFailure, syntaxFailure, unknownFunction } from './athena-error.js';
import { functionCalled } from './function-table.js';
import type { TrinoFunction } from './functions/function-row.js';
import { aggregateRewrites } from './rewrite-aggregates.js';
import { dateRewrites } from './rewrite-dates.js';
import { jsonConstructor } from './json-constructors.js';
import { lambdaRewrite } from './rewrite-lambdas.js';
import { type Family, familyOf, ofOneType } from './static-family.js';
import { textRewrites } from './rewrite-text.js';
import {
  asTyped,
  callOf,
  constantOf,
  isNode,
  nodesOf,
  numberNode,
  type SqlNode,
  textNode,
  textOf,
  type FunctionRewrite,
} from './sql-ast.js';

/** Operators and what the grammar made; none is a function that a client names. */
const operators: Readonly<Record<string, string>> = {
  '/': 'trino_divide',
  '%': 'trino_modulo',
  '||': 'trino_concat',
  '+': 'trino_add',
  '-': 'trino_subtract',
};
const sameOperators = new Set('* ~~ !~~ like_escape not_like_escape count_star list_value'.split(' '));

/** A product's form grows sixfold with each product inside it: of more, the outer ones are DuckDB's. */
const MOST_PRODUCTS = 2;

/** How deep products are nested. */
function productsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((most, item) => Math.max(most, productsIn(item)), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const inside = productsIn(Object.values(value));
  return 'function_name' in value && value.function_name === 'trino_multiply' ? inside + 1 : inside;
}

/** Two texts, two arrays, or an array and an item put together. */
function joined(call: SqlNode, children: readonly unknown[]): SqlNode {
  const [left, right] = children;
  const [first, second] = [familyOf(left), familyOf(right)];
  const isItem = (family: Family | undefined): boolean =>
    family !== undefined && family !== 'array' && family !== 'varchar';
  if (first === 'array' && second !== undefined && second !== 'array')
    return callOf('trino_array_append', [left, left, right], call);
  if (second === 'array' && first !== undefined && first !== 'array')
    return callOf('trino_array_prepend', [right, left, right], call);
  if (first === undefined && isItem(second)) return callOf('trino_array_append', [left, left, right], call);
  if (second === undefined && isItem(first)) return callOf('trino_array_prepend', [right, left, right], call);
  return callOf('trino_concat', children, call);
}

function folded(target: string): FunctionRewrite {
  return (call, _name, children) => {
    const [first, ...rest] = children;
    if (!isNode(first) || rest.length === 0) throw syntaxFailure('There must be two or more arguments');
    return rest.reduce<SqlNode>((left, right) => callOf(target, [left, right], call), first);
  };
}

const rewrites: Readonly<Record<string, FunctionRewrite>> = {
  ...aggregateRewrites,
  ...dateRewrites,
  ...textRewrites,
  '@lambda': lambdaRewrite,
  '@greatest': folded('trino_greatest'),
  '@least': folded('trino_least'),
  '@concat': folded('trino_concat'),
  '@map_concat': folded('trino_map_concat'),
  '@nullif': (call, _name, children) =>
    callOf('nullif', [children[0], callOf('trino_side', [children[1], children[0]])], call),
  '@e': (call) => callOf('exp', [numberNode(1)], call),
  '@infinity': (call) => asDouble('inf', call),
  '@nan': (call) => asDouble('nan', call),
  '@random': (call, _name, children) =>
    callOf(children.length === 0 ? 'random' : 'trino_random', children, call),
  '@typeof': (call, _name, children) => {
    const written = nodesOf(call.children)[0];
    const text = constantOf(written);
    if (typeof text === 'string')
      return {
        ...asTyped(textNode(`varchar(${Array.from(text).length})`), 'VARCHAR'),
        alias: textOf(call.alias),
      };
    return callOf('trino_typeof', [callOf('typeof', children)], call);
  },
  '@array_sort': (call, _name, children) => {
    if (children.length > 1)
      throw notSupported('array_sort with a comparator; sort rows, and take a field with transform');
    return callOf('trino_array_sort', children, call);
  },
  // Fields without a name; DuckDB's own cannot be told apart once they leave it.
  '@row': (call, _name, children) =>
    callOf(
      'struct_pack',
      children.map((child, at) => ({ ...(isNode(child) ? child : {}), alias: `$${at}` })),
      call,
    ),
  '@zip': (call, _name, children) => {
    const fields = children.map((_child, at) => ({
      ...callOf('struct_extract_at', [column('trino_zipped'), numberNode(at + 1)]),
      alias: `$${at}`,
    }));
    const lambda = {
      class: 'LAMBDA',
      type: 'LAMBDA',
      alias: '',
      query_location: 0,
      lhs: column('trino_zipped'),
      expr: callOf('struct_pack', fields),
    };
    return callOf('list_transform', [callOf('list_zip', children), lambda], call);
  },
  '@if': (call, _name, [condition, ...results]) => ({
    ...call,
    children: [condition, ...ofOneType(results, 'IF results')],
  }),
};

const column = (name: string): SqlNode => ({
  class: 'COLUMN_REF',
  type: 'COLUMN_REF',
  alias: '',
  query_location: 0,
  column_names: [name],
});

function asDouble(text: string, place: SqlNode): SqlNode {
  return { ...asTyped(textNode(text), 'DOUBLE'), alias: textOf(place.alias) };
}

/** What stands for a call of a Trino function; one that Trino does not know, or that could differ, is refused. */
export function rewriteCall(call: SqlNode, name: string, children: readonly unknown[]): SqlNode {
  if (call.is_operator === true || Object.hasOwn(operators, name)) {
    if (children.length === 1 && (name === '-' || name === '+')) return { ...call, children };
    if (name === '||') return joined(call, children);
    if (name === '*' && productsIn(children) < MOST_PRODUCTS) return callOf('trino_multiply', children, call);
    const target = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (target !== undefined) return callOf(target, children, call);
  }
  if (sameOperators.has(name)) return { ...call, children };
  if (name === 'trino_lit_date') return callOf('trino_to_date', children, call);
  const literal = jsonConstructor(call, name, children) ?? literalOf(call, name);
  if (literal !== undefined) return literal;
  const entry = functionCalled(name);
  if (entry === undefined) throw unknownFunction(name);
  if (entry.status === 'refused') throw notSupported(`the function ${name}; use ${entry.note}`);
  checkCount(entry, children.length);
  const rewrite = Object.hasOwn(rewrites, entry.as) ? rewrites[entry.as] : undefined;
  if (rewrite !== undefined) return rewrite(call, name, children);
  if (entry.as.startsWith('@')) throw notSupported(`the function ${name}`);
  if (entry.as.startsWith(':')) return callOf(entry.as.slice(1), [children[0], ...children], call);
  if (entry.as.startsWith('trino_')) return callOf(entry.as, children, call);
  return { ...call, function_name: entry.as, is_operator: false, children };
}

function checkCount({ name, signature, fewestArguments, mostArguments }: TrinoFunction, count: number): void {
  if (count >= fewestArguments && count <= mostArguments) return;
  throw syntaxFailure(
    `Unexpected parameters for function ${name} with ${count} arguments. Expected: ${signature}`,
  );
}

const literalIntervals = {
  trino_lit_months: 'to_months',
  trino_lit_days: 'to_days',
  trino_lit_millis: 'to_milliseconds',
} as const;

/** Literals that the grammar rewrote. */
function literalOf(call: SqlNode, name: string): SqlNode | undefined {
  if (!name.startsWith('trino_lit_')) return undefined;
  const [first, second] = nodesOf(call.children);
  const text = String(constantOf(first) ?? '');
  switch (name) {
    case 'trino_lit_bytes':
      if (!/^(?:[0-9A-Fa-f]{2})*$/.test(text))
        throw new QueryFailure('INVALID_LITERAL: Binary literal must contain an even number of hex digits');
      return callOf('unhex', [asTyped(textNode(text), 'VARCHAR')], call);
    case 'trino_lit_timestamp': {
      const digits = Number(constantOf(second) ?? 0);
      const type = digits === 0 ? 'TIMESTAMP_S' : digits <= 3 ? 'TIMESTAMP' : 'TIMESTAMP_NS';
      // DuckDB reads no time without its minutes.
      return { ...asTyped(textNode(text), type), alias: textOf(call.alias) };
    }
    case 'trino_lit_zoned':
      return callOf(
        'trino_with_timezone',
        [asTyped(textNode(text), 'TIMESTAMP'), asTyped(second ?? {}, 'VARCHAR')],
        call,
      );
    case 'trino_lit_json':
      return callOf('trino_json_parse', [asTyped(textNode(text), 'VARCHAR')], call);
    case 'trino_lit_current_date':
      return callOf('trino_current_date', [], call);
    case 'trino_lit_current_timestamp':
      return callOf('trino_now', [], call);
    case 'trino_lit_localtimestamp':
      return callOf('trino_localtimestamp', [], call);
    case 'trino_lit_months':
    case 'trino_lit_days':
    case 'trino_lit_millis':
      return callOf(literalIntervals[name], nodesOf(call.children), call);
    case 'trino_lit_sum':
      return {
        ...callOf(
          '+',
          nodesOf(call.children).map((part) =>
            rewriteCall(part, textOf(part.function_name), nodesOf(part.children)),
          ),
          call,
        ),
        is_operator: true,
      };
    default:
      return undefined;
  }
}
