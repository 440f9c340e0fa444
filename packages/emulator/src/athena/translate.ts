import { notSupported, syntaxFailure, QueryFailure } from './athena-error.js';
import { columnNode, constantOf, isNode, nodesOf, type SqlNode, textOf, UNNAMED } from './sql-ast.js';
import type { TableNames } from './table-names.js';
import { ExpressionTranslator } from './translate-expression.js';
import { withoutHidden } from './hidden-column.js';
import { splitSelect } from './split-select.js';
import { condition } from './conditions.js';
import { checkSides } from './static-family.js';
import { unnested } from './unnest.js';

const tableKinds = new Set(['BASE_TABLE', 'JOIN', 'SUBQUERY', 'TABLE_FUNCTION', 'EMPTY', 'EXPRESSION_LIST']);

/**
 * Rewrites a SELECT's tree so that DuckDB answers it as Athena does. Everything that is not known to be the same
 * in both is refused, so no answer is silently another.
 */
export class Translator {
  readonly #tables: TableNames;

  readonly #expressions: ExpressionTranslator;

  constructor(tables: TableNames) {
    this.#tables = tables;
    this.#expressions = new ExpressionTranslator((statement, names) => this.#subquery(statement, names));
  }

  /** The statement's tree, rewritten. */
  statement(node: SqlNode): SqlNode {
    return this.#query(node, new Set());
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
    const left = isNode(node.left) ? this.#query(node.left, names) : undefined;
    const right = isNode(node.right) ? this.#query(node.right, names) : undefined;
    checkSides([...children, ...[left, right].filter((side) => side !== undefined)]);
    return {
      ...node,
      modifiers: this.#modifiers(node, names),
      ...(left === undefined ? {} : { left }),
      ...(right === undefined ? {} : { right }),
      ...('children' in node ? { children } : {}),
    };
  }

  #select(written: SqlNode, names: ReadonlySet<string>): SqlNode {
    const node = withoutAliases(written);
    if (isNode(node.qualify)) throw syntaxFailure(`mismatched input 'QUALIFY'`);
    if (isNode(node.sample)) throw notSupported('TABLESAMPLE');
    if (textOf(node.aggregate_handling) !== 'STANDARD_HANDLING') {
      throw syntaxFailure('GROUP BY ALL is no Athena SQL');
    }
    const tested = (field: string, place: 'where' | 'having'): Record<string, unknown> =>
      isNode(node[field]) ? { [field]: condition(this.#expressions.rewrite(node[field], names), place) } : {};
    const list = (field: string): readonly SqlNode[] =>
      nodesOf(node[field]).map((item) => this.#expressions.rewrite(item, names));
    const from_table = isNode(node.from_table) ? this.#table(node.from_table, names) : null;
    return splitSelect({
      ...node,
      modifiers: this.#modifiers(node, names),
      select_list: valueColumns(from_table) ?? named(withoutHidden(list('select_list'), from_table)),
      group_expressions: list('group_expressions'),
      ...tested('where_clause', 'where'),
      ...tested('having', 'having'),
      from_table,
    });
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
      if (type === 'ORDER_MODIFIER') return this.#expressions.orders(modifier, names);
      if (type !== 'LIMIT_MODIFIER') throw notSupported(`the clause ${type}`);
      const one = (field: string): Record<string, unknown> =>
        isNode(modifier[field]) ? { [field]: this.#expressions.rewrite(modifier[field], names) } : {};
      return { ...modifier, ...one('limit'), ...one('offset') };
    });
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
        const rows = values.map((row: unknown) =>
          nodesOf(row).map((item) => this.#expressions.rewrite(item, names)),
        );
        checkSides(rows.map((select_list) => ({ select_list })));
        return { ...node, values: rows };
      }
      default:
        return node;
    }
  }

  #join(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    if (!['REGULAR', 'CROSS', 'NATURAL'].includes(textOf(node.ref_type))) {
      throw syntaxFailure(`a ${textOf(node.ref_type)} join is no Athena SQL`);
    }
    if (!['INNER', 'LEFT', 'RIGHT', 'OUTER', 'FULL'].includes(textOf(node.join_type))) {
      throw syntaxFailure(`a ${textOf(node.join_type)} join is no Athena SQL`);
    }
    const side = (field: string): SqlNode => (isNode(node[field]) ? this.#table(node[field], names) : {});
    const on = isNode(node.condition)
      ? { condition: condition(this.#expressions.rewrite(node.condition, names), 'join') }
      : {};
    return { ...node, left: side('left'), right: side('right'), ...on };
  }

  #tableFunction(node: SqlNode, names: ReadonlySet<string>): SqlNode {
    const call = isNode(node.function) ? node.function : {};
    if (textOf(call.function_name) !== 'unnest') {
      throw notSupported(`the table function ${textOf(call.function_name)}; served is UNNEST`);
    }
    const children = nodesOf(call.children).map((child) => this.#expressions.rewrite(child, names));
    return unnested(node, call, children);
  }

  #subquery(value: unknown, names: ReadonlySet<string>): SqlNode {
    const statement = isNode(value) ? value : {};
    return { ...statement, node: this.#query(isNode(statement.node) ? statement.node : {}, names) };
  }
}

/** The columns of VALUES, which DuckDB names; `undefined` for anything else. */
function valueColumns(from: SqlNode | null): readonly SqlNode[] | undefined {
  if (from?.type !== 'EXPRESSION_LIST' || !Array.isArray(from.values)) return undefined;
  return nodesOf(from.values[0]).map((_value, at) => ({
    ...columnNode(`col${at}`),
    alias: `${UNNAMED}${at}`,
  }));
}

/** Gives columns without a name one that shows their place, as Athena does; the place is known with the result. */
function named(list: readonly SqlNode[]): readonly SqlNode[] {
  return list.map((item, at) => {
    if (textOf(item.alias) !== '' || ['COLUMN_REF', 'STAR'].includes(textOf(item.class))) return item;
    const field = item.type === 'STRUCT_EXTRACT' ? constantOf(nodesOf(item.children)[1]) : undefined;
    return { ...item, alias: typeof field === 'string' ? field : `${UNNAMED}${at}` };
  });
}

/** The parts of a SELECT in which Athena knows columns alone, and DuckDB also the names that the SELECT gives. */
const parts = ['select_list', 'group_expressions', 'where_clause', 'having'] as const;

/**
 * Lets a name in GROUP BY, WHERE, HAVING and the SELECT list mean a column, never an alias of the same SELECT: the
 * name is written out with its table, so that where there is no such column the query fails, as in Athena.
 */
export function withoutAliases(select: SqlNode): SqlNode {
  const aliases = new Set(
    nodesOf(select.select_list)
      .filter(({ class: kind, alias }) => textOf(alias) !== '' && kind !== 'STAR')
      .map(({ alias }) => textOf(alias).toLowerCase()),
  );
  if (aliases.size === 0) return select;
  const table = onlyTable(select.from_table);
  const written = parts
    .filter((part) => part in select)
    .map((part): [string, unknown] => [part, qualified(select[part], aliases, table)]);
  return { ...select, ...Object.fromEntries(written) };
}

/** Name of the one table of a FROM; `undefined` for a join, `null` where there is no FROM. */
function onlyTable(from: unknown): string | null | undefined {
  const node = isNode(from) ? from : {};
  const type = textOf(node.type);
  if (type === 'EMPTY' || type === '') return null;
  if (type === 'JOIN') return undefined;
  const alias = textOf(node.alias);
  const name = alias === '' ? textOf(node.table_name) : alias;
  return name === '' ? undefined : name;
}

function qualified(value: unknown, aliases: ReadonlySet<string>, table: string | null | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => qualified(item, aliases, table));
  // A query inside has names of its own.
  if (!isNode(value) || value.class === 'SUBQUERY') return value;
  const names: readonly unknown[] = Array.isArray(value.column_names) ? value.column_names : [];
  if (value.class === 'COLUMN_REF' && names.length === 1) {
    const name = textOf(names[0]);
    if (!aliases.has(name.toLowerCase())) return value;
    if (table === null) throw new QueryFailure(`COLUMN_NOT_FOUND: Column '${name}' cannot be resolved`);
    if (table === undefined) {
      throw notSupported(
        `"${name}", which names a column of the SELECT list and may name one of a joined table; write the table before it`,
      );
    }
    return { ...value, column_names: [table, name] };
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, qualified(inner, aliases, table)]),
  );
}
