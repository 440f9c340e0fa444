import { invalid } from './glue-answers.js';

interface PartitionKey {
  readonly Name: string;
  readonly Type?: string;
}

type Filter = (values: readonly string[]) => boolean;

const comparison =
  /^\s*\(?\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=|<>|!=|<=|>=|<|>)\s*(?:'((?:[^']|'')*)'|(-?[0-9]+(?:\.[0-9]+)?))\s*\)?\s*$/;
const membership = /^\s*\(?\s*([A-Za-z_][A-Za-z0-9_]*)\s+in\s*\(([^)]*)\)\s*\)?\s*$/i;

/** Reads `GetPartitions`' expression: comparisons and `in`, joined by `and`; anything wider is refused. */
export function partitionFilter(expression: string, keys: readonly PartitionKey[]): Filter {
  if (expression.trim() === '') return () => true;
  const filters = expression.split(/\sand\s/i).map((part) => partFilter(part, expression, keys));
  return (values) => filters.every((keeps) => keeps(values));
}

function partFilter(part: string, expression: string, keys: readonly PartitionKey[]): Filter {
  const compared = comparison.exec(part);
  if (compared !== null) {
    const [, name = '', operator = '', text, number] = compared;
    const key = keyNamed(name, keys);
    const wanted = text?.replaceAll("''", "'") ?? number ?? '';
    return (values) => holds(order(values[key.at] ?? '', wanted, key.numeric), operator);
  }
  const listed = membership.exec(part);
  if (listed !== null) {
    const [, name = '', list = ''] = listed;
    const key = keyNamed(name, keys);
    const wanted = list.split(',').map((item) => item.trim().replace(/^'(.*)'$/, '$1'));
    return (values) => wanted.some((item) => order(values[key.at] ?? '', item, key.numeric) === 0);
  }
  throw invalid(`Unsupported expression '${expression}': use comparisons and IN, joined by AND`);
}

function keyNamed(
  name: string,
  keys: readonly PartitionKey[],
): { readonly at: number; readonly numeric: boolean } {
  const at = keys.findIndex((key) => key.Name.toLowerCase() === name.toLowerCase());
  const key = keys[at];
  if (key === undefined) throw invalid(`Unknown partition key '${name}'`);
  return { at, numeric: /int|float|double|decimal/i.test(key.Type ?? 'string') };
}

function order(left: string, right: string, numeric: boolean): number {
  if (numeric) return Number(left) - Number(right);
  return left < right ? -1 : left === right ? 0 : 1;
}

function holds(difference: number, operator: string): boolean {
  switch (operator) {
    case '=':
      return difference === 0;
    case '<':
      return difference < 0;
    case '>':
      return difference > 0;
    case '<=':
      return difference <= 0;
    case '>=':
      return difference >= 0;
    default:
      return difference !== 0;
  }
}
