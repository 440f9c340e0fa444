import { injectedKeys } from '../lake/projection/projection.js';
import { QueryFailure } from './athena-error.js';
import { isNode, nodesOf, type SqlNode, textOf } from './sql-ast.js';
import type { FindTable } from './table-names.js';

/**
 * Refuses a query over a table with injected partition keys that gives one of them no values: conditions of the SELECT
 * that reads the table count, and those of the SELECTs around it.
 *
 * @param given - columns that whatever reads this query has given values
 */
export function checkInjected(
  node: SqlNode,
  find: FindTable,
  database: string | undefined,
  given: ReadonlySet<string>,
): void {
  const visit = (value: unknown, around: ReadonlySet<string>): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, around);
      return;
    }
    if (!isNode(value)) return;
    let inside = around;
    if (value.type === 'SELECT_NODE') {
      const own = new Set([...around, ...givenColumns(value)]);
      for (const table of tablesOf(value.from_table)) check(table, own);
      inside = new Set([...own].map(bare));
    }
    for (const inner of Object.values(value)) visit(inner, inside);
  };
  const check = (node: SqlNode, names: ReadonlySet<string>): void => {
    const name = textOf(node.table_name).toLowerCase();
    const schema = textOf(node.schema_name).toLowerCase() || (database?.toLowerCase() ?? '');
    const table = find(schema, name);
    if (table === undefined) return;
    const alias = textOf(node.alias).toLowerCase() || name;
    const lacking = injectedKeys(table).find((key) => !names.has(key) && !names.has(`${alias}.${key}`));
    if (lacking === undefined) return;
    throw new QueryFailure(
      `CONSTRAINT_VIOLATION: For the injected projected partition column ${lacking}, the WHERE clause must contain only static equality conditions, and at least one such condition must be present.`,
    );
  };
  visit(node, given);
}

/** Columns to which some SELECT of a query gives values, without their tables: what its views may rely on. */
export function columnsGivenIn(node: SqlNode): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (!isNode(value)) return;
    if (value.type === 'SELECT_NODE') for (const name of givenColumns(value)) found.add(bare(name));
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(node);
  return found;
}

function bare(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Tables that a FROM names itself. */
function tablesOf(from: unknown): readonly SqlNode[] {
  if (!isNode(from)) return [];
  if (from.type === 'JOIN') return [...tablesOf(from.left), ...tablesOf(from.right)];
  return from.type === 'BASE_TABLE' ? [from] : [];
}

/** Columns that the conditions of a SELECT give values, or make equal to one that they give some. */
function givenColumns(select: SqlNode): ReadonlySet<string> {
  const conditions = [select.where_clause, ...joinConditions(select.from_table)].flatMap(conjuncts);
  const names = new Set(conditions.flatMap((condition) => [...valuesFor(condition)]));
  const pairs = conditions.flatMap((condition) => {
    const left = columnOf(condition.left);
    const right = columnOf(condition.right);
    if (condition.type !== 'COMPARE_EQUAL' || left === undefined || right === undefined) return [];
    return [[left, right] as const];
  });
  // Each round but the last adds a name.
  for (let size = -1; size !== names.size;) {
    size = names.size;
    for (const [left, right] of pairs) {
      if (names.has(left)) names.add(right);
      else if (names.has(right)) names.add(left);
    }
  }
  return names;
}

function joinConditions(from: unknown): readonly unknown[] {
  if (!isNode(from) || from.type !== 'JOIN') return [];
  const own = textOf(from.join_type) === 'INNER' ? [from.condition] : [];
  return [...own, ...joinConditions(from.left), ...joinConditions(from.right)];
}

function conjuncts(condition: unknown): readonly SqlNode[] {
  if (!isNode(condition)) return [];
  return condition.type === 'CONJUNCTION_AND' ? nodesOf(condition.children).flatMap(conjuncts) : [condition];
}

/** Columns that a condition gives values. */
function valuesFor(condition: SqlNode): ReadonlySet<string> {
  switch (condition.type) {
    case 'COMPARE_EQUAL': {
      const { left, right } = condition;
      const column = isStatic(right) ? columnOf(left) : isStatic(left) ? columnOf(right) : undefined;
      return new Set(column === undefined ? [] : [column]);
    }
    case 'COMPARE_IN': {
      const [first, ...values] = nodesOf(condition.children);
      const column = values.every(isStatic) ? columnOf(first) : undefined;
      return new Set(column === undefined ? [] : [column]);
    }
    case 'CONJUNCTION_AND':
      return new Set(nodesOf(condition.children).flatMap((child) => [...valuesFor(child)]));
    case 'CONJUNCTION_OR': {
      const [first, ...others] = nodesOf(condition.children).map(valuesFor);
      return new Set([...(first ?? [])].filter((name) => others.every((other) => other.has(name))));
    }
    default:
      return new Set();
  }
}

function columnOf(value: unknown): string | undefined {
  if (!isNode(value) || value.class !== 'COLUMN_REF' || !Array.isArray(value.column_names)) return undefined;
  return value.column_names.slice(-2).map(textOf).join('.').toLowerCase();
}

/** Whether a value is known before any row is read. */
function isStatic(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isStatic);
  if (!isNode(value)) return true;
  if (value.class === 'COLUMN_REF' || value.class === 'SUBQUERY') return false;
  return Object.values(value).every(isStatic);
}
