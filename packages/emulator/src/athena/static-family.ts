import { QueryFailure } from './athena-error.js';
import { asTyped, callOf, constantType, isNode, nodesOf, type SqlNode, textOf } from './sql-ast.js';

/** What values of an expression are, as far as its text alone tells. */
export type Family = 'number' | 'varchar' | 'boolean' | 'time' | 'array';

const families: Readonly<Record<string, Family>> = {
  VARCHAR: 'varchar',
  BOOLEAN: 'boolean',
  TINYINT: 'number',
  SMALLINT: 'number',
  INTEGER: 'number',
  BIGINT: 'number',
  HUGEINT: 'number',
  FLOAT: 'number',
  DOUBLE: 'number',
  DECIMAL: 'number',
  DATE: 'time',
  TIMESTAMP: 'time',
  TIMESTAMP_S: 'time',
  TIMESTAMP_NS: 'time',
};

const calls: ReadonlyMap<string, Family> = new Map<string, Family>([
  ...[
    'trino_to_tinyint trino_to_smallint trino_to_integer trino_to_bigint trino_to_real trino_to_double trino_to_decimal',
    'trino_to_tinyint_column trino_to_smallint_column trino_to_integer_column trino_to_bigint_column trino_to_double_column',
    'trino_to_tinyint_of_json trino_to_smallint_of_json trino_to_integer_of_json trino_to_bigint_of_json trino_to_double_of_json',
    'trino_length trino_sum count count_star trino_json_array_length trino_year trino_month trino_day trino_hour trino_date_diff',
  ]
    .flatMap((names) => names.split(' '))
    .map((name): [string, Family] => [name, 'number']),
  ...'trino_text trino_text_length lower trino_upper trim trino_date_format trino_json_scalar trino_regexp_extract'
    .split(' ')
    .map((name): [string, Family] => [name, 'varchar']),
  ...'trino_to_date trino_to_date_column trino_to_timestamp trino_to_timestamp_column trino_to_timestamp_6 trino_date_trunc trino_current_date trino_date_parse'
    .split(' ')
    .map((name): [string, Family] => [name, 'time']),
  ['trino_to_boolean', 'boolean'],
  ['list_value', 'array'],
]);

const booleanOperators = new Set(['OPERATOR_NOT', 'OPERATOR_IS_NULL', 'OPERATOR_IS_NOT_NULL']);

/** The family of a rewritten expression; `undefined` where a column or another function decides. */
export function familyOf(node: unknown): Family | undefined {
  if (!isNode(node) || isNullConstant(node)) return undefined;
  switch (textOf(node.class)) {
    case 'CONSTANT':
      return families[constantType(node) ?? ''];
    case 'CAST':
      return isNode(node.cast_type) ? families[textOf(node.cast_type.id)] : undefined;
    case 'COMPARISON':
    case 'CONJUNCTION':
    case 'BETWEEN':
      return 'boolean';
    case 'OPERATOR':
      if (booleanOperators.has(textOf(node.type))) return 'boolean';
      return node.type === 'ARRAY_CONSTRUCTOR' ? 'array' : undefined;
    case 'FUNCTION':
      return calls.get(textOf(node.function_name));
    default:
      return undefined;
  }
}

/** Whether an expression is NULL as it is written. */
export function isNullConstant(node: unknown): boolean {
  return isNode(node) && isNode(node.value) && node.value.is_null === true;
}

const isLeaf = (node: unknown): boolean =>
  isNode(node) && (node.class === 'COLUMN_REF' || node.class === 'CONSTANT' || node.class === 'CAST');

/**
 * The branches of one value, which must have one type: DuckDB makes text of all where one is text. What their text
 * does not tell is checked when the query is bound, of columns and constants; checks of more would grow without end.
 */
export function ofOneType(written: readonly unknown[], what: string): readonly unknown[] {
  // A whole number is an integer at least: DuckDB gives it the type of the other branches where it fits.
  const branches = written.map((branch) =>
    isNode(branch) && constantType(branch) === 'INTEGER' ? asTyped(branch, 'INTEGER') : branch,
  );
  const first = branches.find((branch) => isNode(branch) && !isNullConstant(branch));
  const family = familyOf(first);
  return branches.map((branch) => {
    if (branch === first || !isNode(branch) || isNullConstant(branch)) return branch;
    const own = familyOf(branch);
    if (own !== undefined && family !== undefined) {
      if (own === family) return branch;
      throw new QueryFailure(
        `TYPE_MISMATCH: All ${what} must be the same type or coercible to a common type. Cannot find common type between ${family} and ${own}`,
      );
    }
    if (!isLeaf(first) || !isLeaf(branch)) return branch;
    return { ...callOf('trino_branch', [{ ...branch, alias: '' }, first]), alias: textOf(branch.alias) };
  });
}

/** Refuses a set operation whose sides have columns of other types, as far as their text tells. */
export function checkSides(sides: readonly SqlNode[]): void {
  const [first, ...others] = sides.map(({ select_list }) => nodesOf(select_list));
  for (const other of others) {
    for (const [at, item] of other.entries()) {
      const [left, right] = [familyOf(first?.[at]), familyOf(item)];
      if (left !== undefined && right !== undefined && left !== right) {
        throw new QueryFailure(
          `TYPE_MISMATCH: column ${at + 1} in the set operation has incompatible types: ${left}, ${right}`,
        );
      }
    }
  }
}
