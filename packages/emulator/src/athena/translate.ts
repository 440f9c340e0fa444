import { notSupported, syntaxFailure } from './athena-error.js';
import { rewriteCast } from './rewrite-cast.js';
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
import type { TableNames } from './table-names.js';
import { itemOf, rewriteCall } from './trino-functions.js';

/** Prefix of the names given to columns that have none, until their place is known. */
export const UNNAMED = 'unnamed_column_';

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
const tableKinds = new Set(['BASE_TABLE', 'JOIN', 'SUBQUERY', 'TABLE_FUNCTION', 'EMPTY', 'EXPRESSION_LIST']);

/**
 * Rewrites a SELECT's tree so that DuckDB answers it as Athena does. Everything that is not known to be the same
 * in both is refused, so no answer is silently another.
 */
export class Translator {
  readonly #tables: TableNames;

  constructor(tables: TableNames) {
    this.#tables = tables;
  }

  /** The statement's tree, rewritten. */
  statement(node: SqlNode): SqlNode {
    return nameColumns(this.#query(node, new Set()));
  }

  #query(node: SqlNode, outer: ReadonlySet<string>): SqlNode {
    const names = new Set(outer);
    const map: unknown = isNode(node.cte_map) ? node.cte_map.map : undefined;
    const withs = nodesOf(map).map((entry) => {
      const key = textOf(entry.key).toLowerCase();
      const value = isNode(entry.value) ? entry.value : {};
      const query = isNode(value.query) ? value.query : {};
      if (nodesOf(value.key_targets).length > 0) throw notSupported('USING KEY');
      const inner = isNode(query.node) ? query.node : {};
      // A recursive query sees its own name.
      if (textOf(inner.type) === 'RECURSIVE_CTE_NODE') throw notSupported('WITH RECURSIVE');
      const rewritten = { ...value, query: { ...query, node: this.#query(inner, names) } };
      names.add(key);
      return { ...entry, value: rewritten };
    });
    const cte_map = { ...(isNode(node.cte_map) ? node.cte_map : {}), map: withs };
    switch (textOf(node.type)) {
      case 'SELECT_NODE':
        return { ...this.#select(node, names), cte_map };
      case 'SET_OPERATION_NODE':
        return { ...this.#setOperation(node, names), cte_map };
      default:
        throw notSupported(`a query of the kind ${textOf(node.type)}`);
    }
  }

  #setOperation(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    if (node.setop_type === 'UNION_BY_NAME') throw syntaxFailure(`mismatched input 'BY'`);
    const children = nodesOf(node.children).map((child) => this.#query(child, names));
    return {
      ...node,
      modifiers: this.#modifiers(node, names),
      ...(isNode(node.left) ? { left: this.#query(node.left, names) } : {}),
      ...(isNode(node.right) ? { right: this.#query(node.right, names) } : {}),
      ...('children' in node ? { children } : {}),
    };
  }

  #select(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    if (isNode(node.qualify)) throw syntaxFailure(`mismatched input 'QUALIFY'`);
    if (isNode(node.sample)) throw notSupported('TABLESAMPLE');
    if (textOf(node.aggregate_handling) !== 'STANDARD_HANDLING') {
      throw syntaxFailure('GROUP BY ALL is no Athena SQL');
    }
    const one = (field: string): Record<string, unknown> =>
      isNode(node[field]) ? { [field]: this.#expression(node[field], names) } : {};
    const list = (field: string): readonly SqlNode[] =>
      nodesOf(node[field]).map((item) => this.#expression(item, names));
    return {
      ...node,
      modifiers: this.#modifiers(node, names),
      select_list: list('select_list'),
      group_expressions: list('group_expressions'),
      ...one('where_clause'),
      ...one('having'),
      from_table: isNode(node.from_table) ? this.#table(node.from_table, names) : null,
    };
  }

  #modifiers(node: SqlNode, names: ReadonlySet<string>): readonly SqlNode[] {
    return nodesOf(node.modifiers).map((modifier) => {
      const type = textOf(modifier.type);
      if (type === 'DISTINCT_MODIFIER') {
        if (nodesOf(modifier.distinct_on_targets).length > 0) {
          throw syntaxFailure('DISTINCT ON is no Athena SQL');
        }
        return modifier;
      }
      if (type === 'ORDER_MODIFIER') return this.#orders(modifier, names);
      if (type !== 'LIMIT_MODIFIER') throw notSupported(`the clause ${type}`);
      const one = (field: string): Record<string, unknown> =>
        isNode(modifier[field]) ? { [field]: this.#expression(modifier[field], names) } : {};
      return { ...modifier, ...one('limit'), ...one('offset') };
    });
  }

  #orders(modifier: SqlNode, names: ReadonlySet<string>): SqlNode {
    const orders = nodesOf(modifier.orders).map((order) => ({
      ...order,
      expression: this.#child(order.expression, names),
    }));
    return { ...modifier, orders };
  }

  #table(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    const type = textOf(node.type);
    if (!tableKinds.has(type)) throw notSupported(`a table of the kind ${type}`);
    if (isNode(node.sample)) throw notSupported('TABLESAMPLE');
    switch (type) {
      case 'BASE_TABLE':
        return this.#tables.resolve(node, names);
      case 'JOIN':
        return this.#join(node, names);
      case 'SUBQUERY':
        return { ...node, subquery: this.#subquery(node.subquery, names) };
      case 'TABLE_FUNCTION':
        return this.#tableFunction(node, names);
      case 'EXPRESSION_LIST': {
        const values = Array.isArray(node.values) ? node.values : [];
        return {
          ...node,
          values: values.map((row: unknown) => nodesOf(row).map((item) => this.#expression(item, names))),
        };
      }
      default:
        return node;
    }
  }

  #join(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    if (!['REGULAR', 'CROSS', 'NATURAL'].includes(textOf(node.ref_type))) {
      throw syntaxFailure(`a ${textOf(node.ref_type)} join is no Athena SQL`);
    }
    if (!['INNER', 'LEFT', 'RIGHT', 'OUTER'].includes(textOf(node.join_type))) {
      throw syntaxFailure(`a ${textOf(node.join_type)} join is no Athena SQL`);
    }
    const side = (field: string): SqlNode => (isNode(node[field]) ? this.#table(node[field], names) : {});
    const condition = isNode(node.condition) ? { condition: this.#expression(node.condition, names) } : {};
    return { ...node, left: side('left'), right: side('right'), ...condition };
  }

  #tableFunction(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    const call = isNode(node.function) ? node.function : {};
    if (textOf(call.function_name) !== 'unnest' || nodesOf(call.children).length !== 1) {
      throw notSupported(`the table function ${textOf(call.function_name)}; only UNNEST of one array is`);
    }
    const children = nodesOf(call.children).map((child) => this.#expression(child, names));
    return { ...node, function: { ...call, children } };
  }

  #subquery(value: unknown, names: ReadonlySet<string>): SqlNode {
    const statement = isNode(value) ? value : {};
    return { ...statement, node: this.#query(isNode(statement.node) ? statement.node : {}, names) };
  }

  #child(value: unknown, names: ReadonlySet<string>): unknown {
    return isNode(value) ? this.#expression(value, names) : value;
  }

  #children(value: unknown, names: ReadonlySet<string>): readonly unknown[] {
    return nodesOf(value).map((child) => this.#expression(child, names));
  }

  #expression(node: SqlNode, names: ReadonlySet<string>): SqlNode {
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
        const inner = typeof constantOf(child) === 'string' ? child : this.#expression(child, names);
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
          ...(isNode(node.child) ? { child: this.#expression(node.child, names) } : {}),
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
      isNode(node[field]) ? { [field]: this.#expression(node[field], names) } : {};
    const list = (field: string): Record<string, unknown> =>
      field in node ? { [field]: this.#children(node[field], names) } : {};
    const orders = (field: string): Record<string, unknown> => {
      const value = node[field];
      if (isNode(value)) return { [field]: this.#orders(value, names) };
      return Array.isArray(value) ? { [field]: this.#orders({ orders: value }, names).orders } : {};
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

/** Gives columns without a name one that shows their place, as Athena does; the place is known with the result. */
function nameColumns(node: SqlNode): SqlNode {
  if (isNode(node.left)) return { ...node, left: nameColumns(node.left) };
  const select_list = nodesOf(node.select_list).map((item, at) => {
    const named = textOf(item.alias) !== '' || ['COLUMN_REF', 'STAR'].includes(textOf(item.class));
    return named ? item : { ...item, alias: `${UNNAMED}${at}` };
  });
  return { ...node, select_list };
}
