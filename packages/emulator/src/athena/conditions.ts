import { QueryFailure } from './athena-error.js';
import { callOf, constantType, isNode, type SqlNode, textOf } from './sql-ast.js';
import { familyOf, isNullConstant } from './static-family.js';

/** Places of a condition, in the words in which Trino says that it is none. */
const places = {
  where: 'WHERE clause must evaluate to a boolean: actual type',
  having: 'HAVING clause must evaluate to a boolean: actual type',
  join: 'JOIN ON clause must evaluate to a boolean: actual type',
  filter: 'Filter expression must evaluate to a boolean: actual type',
  term: 'Logical expression term must evaluate to a boolean: actual type',
  not: 'Value of logical NOT expression must evaluate to a boolean: actual type',
  when: 'CASE WHEN clause must evaluate to a boolean: actual type',
} as const;

/**
 * A rewritten condition, which must be a boolean: DuckDB takes numbers and texts for one. What its text does not tell
 * is checked when the query is bound, where it is a column.
 */
export function condition(node: unknown, place: keyof typeof places): unknown {
  if (!isNode(node) || isNullConstant(node)) return node;
  const family = familyOf(node);
  if (family === 'boolean') return node;
  if (family !== undefined) {
    const type = (constantType(node) ?? family).toLowerCase();
    throw new QueryFailure(`TYPE_MISMATCH: ${places[place]} ${type}`);
  }
  if (textOf(node.class) !== 'COLUMN_REF') return node;
  const checked: SqlNode = callOf('trino_condition', [{ ...node, alias: '' }]);
  return { ...checked, alias: textOf(node.alias) };
}
