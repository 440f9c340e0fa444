import { isNode, nodesOf, textOf, type SqlNode } from './sql-ast.js';

/**
 * Returns the lines of a plan: the operators of a query in the order in which Trino nests them, with the tables that
 * they read. Costs and distribution, which depend on Athena's cluster, are not in it.
 */
export function explainPlan(statement: SqlNode, columns: readonly string[]): readonly string[] {
  const lines = ['Fragment 0 [SINGLE]', `    Output[columnNames = [${columns.join(', ')}]]`];
  describe(statement, 1, lines);
  return lines;
}

/** Deepest operator that is shown. */
const MOST_DEPTH = 64;

function describe(node: SqlNode, depth: number, lines: string[]): void {
  if (depth > MOST_DEPTH) return;
  const add = (text: string, at: number): void => {
    lines.push(`    ${'   '.repeat(at - 1)}└─ ${text}`);
  };
  const inner = isNode(node.node) ? node.node : node;
  let next = depth;
  const step = (text: string): void => {
    add(text, next);
    next += 1;
  };
  for (const modifier of [...nodesOf(inner.modifiers)].reverse()) {
    const type = textOf(modifier.type);
    if (type === 'LIMIT_MODIFIER') step('Limit[]');
    if (type === 'ORDER_MODIFIER') step('Sort[]');
    if (type === 'DISTINCT_MODIFIER') step('Aggregate[type = DISTINCT]');
  }
  if (textOf(inner.type) === 'SET_OPERATION_NODE') {
    step(`${textOf(inner.setop_type) === 'UNION' ? 'Union' : 'SetOperation'}[]`);
    for (const side of [inner.left, inner.right, ...nodesOf(inner.children)]) {
      if (isNode(side)) describe(side, next, lines);
    }
    return;
  }
  if (isNode(inner.having)) step('Filter[HAVING]');
  if (nodesOf(inner.group_expressions).length > 0) step('Aggregate[type = FINAL]');
  if (isNode(inner.where_clause)) step('Filter[WHERE]');
  if (isNode(inner.from_table)) table(inner.from_table, next, lines, add);
  else add('Values[]', next);
}

function table(node: SqlNode, depth: number, lines: string[], add: (text: string, at: number) => void): void {
  if (depth > MOST_DEPTH) return;
  switch (textOf(node.type)) {
    case 'BASE_TABLE': {
      const schema = textOf(node.schema_name);
      add(
        `TableScan[table = awsdatacatalog:${schema === '' ? '' : `${schema}:`}${textOf(node.table_name)}]`,
        depth,
      );
      return;
    }
    case 'JOIN':
      add(textOf(node.ref_type) === 'CROSS' ? 'CrossJoin[]' : `${textOf(node.join_type)}Join[]`, depth);
      for (const side of [node.left, node.right]) if (isNode(side)) table(side, depth + 1, lines, add);
      return;
    case 'SUBQUERY':
      if (isNode(node.subquery)) describe(node.subquery, depth, lines);
      return;
    case 'EMPTY':
    case 'EXPRESSION_LIST':
      add('Values[]', depth);
      return;
    default:
      add('Unnest[]', depth);
  }
}
