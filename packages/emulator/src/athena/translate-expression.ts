import { notSupported, syntaxFailure } from './athena-error.js';
import {
  asTyped,
  callOf,
  constantOf,
  constantType,
  isNode,
  nodesOf,
  type SqlNode,
  textOf,
} from './sql-ast.js';
import { itemOf, rewriteCall } from './trino-functions.js';

const operators = new Set([
  'OPERATOR_NOT',
  'OPERATOR_IS_NULL',
  'OPERATOR_IS_NOT_NULL',
  'OPERATOR_COALESCE',
  'COMPARE_IN',
  'COMPARE_NOT_IN',
  'ARRAY_CONSTRUCTOR',
  'ARRAY_EXTRACT',
  'STRUCT_EXTRACT',
  'GROUPING_FUNCTION',
]);
/** Rewrites a query inside an expression; `names` are those of the WITHs around it. */
export type SubqueryTranslator = (statement: unknown, names: ReadonlySet<string>) => SqlNode;

/** Rewrites expressions: functions by their table, casts and comparisons with checks of their types. */
export class ExpressionTranslator {
  readonly #subquery: SubqueryTranslator;

  constructor(subquery: SubqueryTranslator) {
    this.#subquery = subquery;
  }

  /** An expression, rewritten. */
  rewrite(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    switch (textOf(node.class)) {
      case 'CONSTANT':
        return typedConstant(node);
      case 'COLUMN_REF':
        return node;
      case 'STAR':
        return checkedStar(node);
      case 'FUNCTION':
      case 'WINDOW':
        return this.#call(node, names);
      case 'CAST': {
        const child = isNode(node.child) ? node.child : {};
        const inner = typeof constantOf(child) === 'string' ? child : this.rewrite(child, names);
        return rewriteCast(node, inner);
      }
      case 'CASE': {
        const case_checks = nodesOf(node.case_checks).map((check) => ({
          ...check,
          when_expr: this.#child(check.when_expr, names),
          then_expr: this.#child(check.then_expr, names),
        }));
        return { ...node, case_checks, else_expr: this.#child(node.else_expr, names) };
      }
      case 'COMPARISON': {
        const left = this.#child(node.left, names);
        return { ...node, left, right: alike(this.#child(node.right, names), left) };
      }
      case 'BETWEEN': {
        const input = this.#child(node.input, names);
        const lower = alike(this.#child(node.lower, names), input);
        return { ...node, input, lower, upper: alike(this.#child(node.upper, names), input) };
      }
      case 'CONJUNCTION':
        return { ...node, children: this.#children(node.children, names) };
      case 'OPERATOR':
        return this.#operator(node, names);
      case 'SUBQUERY':
        return {
          ...node,
          subquery: this.#subquery(node.subquery, names),
          ...(isNode(node.child) ? { child: this.rewrite(node.child, names) } : {}),
        };
      default:
        throw notSupported(`an expression of the kind ${textOf(node.class)}`);
    }
  }

  #operator(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    const type = textOf(node.type);
    if (!operators.has(type)) throw notSupported(`the operator ${type}`);
    const children = this.#children(node.children, names);
    if (type === 'ARRAY_EXTRACT') {
      // The key stays as it was written, to tell a list from a map.
      const original = nodesOf(node.children);
      return itemOf(node, [children[0], original[1]], 'trino_item', 'trino_entry');
    }
    if (type !== 'COMPARE_IN' && type !== 'COMPARE_NOT_IN') return { ...node, children };
    const [input, ...values] = children;
    return { ...node, children: [input, ...values.map((value) => alike(value, input))] };
  }

  #call(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    const name = textOf(node.function_name).toLowerCase();
    const one = (field: string): Record<string, unknown> =>
      isNode(node[field]) ? { [field]: this.rewrite(node[field], names) } : {};
    const list = (field: string): Record<string, unknown> =>
      field in node ? { [field]: this.#children(node[field], names) } : {};
    const orders = (field: string): Record<string, unknown> => {
      const value = node[field];
      if (isNode(value)) return { [field]: this.orders(value, names) };
      return Array.isArray(value) ? { [field]: this.orders({ orders: value }, names).orders } : {};
    };
    const call = {
      ...node,
      ...one('filter'),
      ...one('filter_expr'),
      ...one('offset_expr'),
      ...one('default_expr'),
      ...one('start_expr'),
      ...one('end_expr'),
      ...list('partitions'),
      ...orders('order_bys'),
      ...orders('orders'),
    };
    const written = nodesOf(node.children);
    const children = this.#children(node.children, names).map((child, at) =>
      keepsConstants.has(name) && at === constantPlace[name] ? written[at] : child,
    );
    return rewriteCall(call, name, children);
  }

  /** The expressions of an ORDER BY, rewritten. */
  orders(modifier: SqlNode, names: ReadonlySet<string>): SqlNode {
    const orders = nodesOf(modifier.orders).map((order) => ({
      ...order,
      expression: this.#child(order.expression, names),
    }));
    return { ...modifier, orders };
  }

  #child(value: unknown, names: ReadonlySet<string>): unknown {
    return isNode(value) ? this.rewrite(value, names) : value;
  }

  #children(value: unknown, names: ReadonlySet<string>): readonly unknown[] {
    return nodesOf(value).map((child) => this.rewrite(child, names));
  }
}

/** Functions one of whose arguments decides the rewriting and must still be seen as it was written. */
const constantPlace: Readonly<Record<string, number>> = {
  date_diff: 0,
  date_add: 0,
  date_trunc: 0,
  date_part: 0,
  date_format: 1,
  date_parse: 1,
  element_at: 1,
  regexp_like: 1,
};
const keepsConstants: ReadonlySet<string> = new Set(Object.keys(constantPlace));

function checkedStar(node: SqlNode): SqlNode {
  const own = ['exclude_list', 'replace_list', 'qualified_exclude_list', 'rename_list'];
  const used = own.some((field) => Array.isArray(node[field]) && node[field].length > 0);
  if (used || node.columns === true || isNode(node.expr)) {
    throw syntaxFailure('* with EXCLUDE, REPLACE or COLUMNS is no Athena SQL');
  }
  return node;
}

function typedConstant(node: SqlNode): SqlNode {
  const type = constantType(node);
  return type === 'VARCHAR' || type === 'DOUBLE' ? asTyped(node, type) : node;
}

/** Lets a comparison fail where the two sides have types that Athena does not compare. */
function alike(value: unknown, other: unknown): unknown {
  const isQuery = (side: unknown): boolean => isNode(side) && side.class === 'SUBQUERY';
  return isQuery(value) || isQuery(other) ? value : callOf('trino_same', [value, other]);
}

const whole = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT']);
const plain = new Set(['BOOLEAN', 'FLOAT', 'DOUBLE', 'DATE']);
const instants = new Set(['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE']);

/** A cast, its operand checked where the two engines read or round a value differently. */
export function rewriteCast(cast: SqlNode, child: SqlNode): SqlNode {
  const type = isNode(cast.cast_type) ? textOf(cast.cast_type.id) : '';
  const soft = cast.try_cast === true;
  const operand = checkOf(type, soft);
  if (operand === undefined) return { ...cast, child };
  // A literal such as TIMESTAMP '2026-11-23 04:00:00' is a cast of a text.
  const isText = typeof constantOf(child) === 'string';
  return { ...cast, child: isText && type === 'VARCHAR' ? child : callOf(operand, [child]) };
}

function checkOf(type: string, soft: boolean): string | undefined {
  if (type === 'VARCHAR') return 'trino_text';
  if (whole.has(type)) return soft ? 'trino_whole_or_null' : 'trino_whole';
  if (instants.has(type)) return soft ? 'trino_instant_or_null' : 'trino_instant';
  if (type === 'DECIMAL') return 'trino_not_double';
  if (plain.has(type)) return undefined;
  throw notSupported(`a cast to ${type.toLowerCase()}`);
}
