import { queryLimits } from '../query/query-limits.js';
import { notSupported, QueryFailure, syntaxFailure } from './athena-error.js';
import { rewriteCast } from './casts.js';
import { instantOf, otherSide, side, withChecksWithin } from './compared-sides.js';
import { condition } from './conditions.js';
import {
  asTyped,
  callOf,
  constantOf,
  constantType,
  expressionsIn,
  isNode,
  nodesOf,
  type SqlNode,
  textOf,
  UNNAMED,
} from './sql-ast.js';
import { ofOneType } from './static-family.js';
import { rewriteCall } from './trino-functions.js';

const operators = new Set([
  'OPERATOR_NOT',
  'OPERATOR_IS_NULL',
  'OPERATOR_IS_NOT_NULL',
  'OPERATOR_TRY',
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

  /** An expression, rewritten; refused where it grows beyond what is written out for DuckDB. */
  rewrite(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    const rewritten = this.#rewrite(node, names);
    if (expressionsIn(rewritten) > queryLimits.rewrittenExpressions)
      throw notSupported('calls within each other as deeply as these; compute the inner ones in a subquery');
    return rewritten;
  }

  #rewrite(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    switch (textOf(node.class)) {
      case 'CONSTANT':
        return typedConstant(node);
      case 'COLUMN_REF':
        return clientsColumn(node);
      case 'STAR':
        return checkedStar(node);
      case 'FUNCTION':
      case 'WINDOW':
        return this.#call(node, names);
      case 'CAST':
        if (isBoolean(node)) return node;
        throw syntaxFailure('a cast that is not written as CAST(x AS type)');
      case 'LAMBDA':
        return { ...node, expr: this.#child(node.expr, names) };
      case 'CASE':
        return this.#case(node, names);
      case 'COMPARISON': {
        const [left, right] = [node.left, node.right].map((child) => instantOf(this.#child(child, names)));
        return { ...node, left: side(left, right), right: otherSide(right, left) };
      }
      case 'BETWEEN': {
        const [input, lower, upper] = [node.input, node.lower, node.upper].map((child) =>
          instantOf(this.#child(child, names)),
        );
        return {
          ...node,
          input: side(input, lower),
          lower: otherSide(lower, input),
          upper: side(upper, input),
        };
      }
      case 'CONJUNCTION':
        return { ...node, children: this.#terms(node.children, names) };
      case 'OPERATOR':
        return this.#operator(node, names);
      case 'SUBQUERY':
        return {
          ...node,
          subquery: withChecksWithin(this.#subquery(node.subquery, names)),
          ...(isNode(node.child) ? { child: this.rewrite(node.child, names) } : {}),
        };
      default:
        throw notSupported(`an expression of the kind ${textOf(node.class)}`);
    }
  }

  #case(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    const checks = nodesOf(node.case_checks);
    const results = ofOneType(
      [...checks.map(({ then_expr }) => this.#child(then_expr, names)), this.#child(node.else_expr, names)],
      'CASE results',
    );
    const case_checks = checks.map((check, at) => ({
      ...check,
      when_expr: condition(this.#child(check.when_expr, names), 'when'),
      then_expr: results[at],
    }));
    return { ...node, case_checks, else_expr: results.at(-1) };
  }

  #operator(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    const type = textOf(node.type);
    if (!operators.has(type)) throw notSupported(`the operator ${type}`);
    if (type === 'OPERATOR_NOT') return { ...node, children: this.#terms(node.children, names, 'not') };
    const children = this.#children(node.children, names);
    if (type === 'ARRAY_EXTRACT') {
      const [list, key] = children;
      const written = constantOf(nodesOf(node.children)[1]);
      // A row is read by the names of its fields, and by numbers within a lambda.
      if (typeof written === 'string' && textOf(nodesOf(node.children)[1]?.class) !== 'CONSTANT')
        return { ...node, children };
      return callOf('trino_item', [list, list, key], node);
    }
    if (type === 'OPERATOR_COALESCE') return { ...node, children: ofOneType(children, 'COALESCE operands') };
    if (type === 'ARRAY_CONSTRUCTOR') return { ...node, children: ofOneType(children, 'ARRAY elements') };
    if (type === 'STRUCT_EXTRACT') return { ...node, children: [children[0], nodesOf(node.children)[1]] };
    if (type !== 'COMPARE_IN' && type !== 'COMPARE_NOT_IN') return { ...node, children };
    const [input, ...values] = children;
    const types = nodesOf(node.children).slice(1).map(constantType);
    // Constants of one type are checked by the first: a check of each of 5,000 took more than a minute.
    const isChecked = (at: number): boolean => at > 0 && types[at] !== undefined && types[at] === types[0];
    const sides = values.map((value, at) => (isChecked(at) ? value : side(value, input)));
    return { ...node, children: [side(input, values[0]), ...sides] };
  }

  #call(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    const name = textOf(node.function_name).toLowerCase();
    const one = (field: string): Record<string, unknown> =>
      isNode(node[field]) ? { [field]: this.rewrite(node[field], names) } : {};
    const filter = (field: string): Record<string, unknown> =>
      isNode(node[field]) ? { [field]: condition(this.rewrite(node[field], names), 'filter') } : {};
    const list = (field: string): Record<string, unknown> =>
      field in node ? { [field]: this.#children(node[field], names) } : {};
    const orders = (field: string): Record<string, unknown> => {
      const value = node[field];
      if (isNode(value)) return { [field]: this.orders(value, names) };
      return Array.isArray(value) ? { [field]: this.orders({ orders: value }, names).orders } : {};
    };
    const call = {
      ...node,
      ...filter('filter'),
      ...filter('filter_expr'),
      ...one('offset_expr'),
      ...one('default_expr'),
      ...one('start_expr'),
      ...one('end_expr'),
      ...list('partitions'),
      ...orders('order_bys'),
      ...orders('orders'),
    };
    if (name === 'trino_cast' || name === 'trino_try_cast')
      return rewriteCast(node, this.#child(nodesOf(node.children)[0], names));
    return rewriteCall(call, name, this.#children(node.children, names));
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

  #terms(value: unknown, names: ReadonlySet<string>, place: 'term' | 'not' = 'term'): readonly unknown[] {
    return this.#children(value, names).map((child) => condition(child, place));
  }

  #children(value: unknown, names: ReadonlySet<string>): readonly unknown[] {
    return nodesOf(value).map((child) => this.rewrite(child, names));
  }
}

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

/** `true` and `false`, which DuckDB reads as casts of a text. */
function isBoolean(node: SqlNode): boolean {
  const type = isNode(node.cast_type) ? textOf(node.cast_type.id) : '';
  return type === 'BOOLEAN' && ['t', 'f'].includes(String(constantOf(node.child)));
}

/** A column without a name has none here either. */
function clientsColumn(node: SqlNode): SqlNode {
  const names: readonly unknown[] = Array.isArray(node.column_names) ? node.column_names : [];
  const name = textOf(names.at(-1));
  if (name.toLowerCase().startsWith(UNNAMED))
    throw new QueryFailure(`COLUMN_NOT_FOUND: Column '${name}' cannot be resolved`);
  return node;
}
