import { QueryFailure, notSupported } from './athena-error.js';
import { callOf, isNode, nodesOf, type SqlNode, textOf } from './sql-ast.js';

/** A cast to date, in the place of another expression. */
export function asDate(child: unknown, place: SqlNode): SqlNode {
  return {
    class: 'CAST',
    type: 'OPERATOR_CAST',
    alias: textOf(place.alias),
    query_location: place.query_location ?? 0,
    child,
    cast_type: { id: 'DATE', type_info: null },
    try_cast: false,
  };
}

const wholeDays = new Set(['to_days', 'to_weeks', 'to_months', 'to_quarters', 'to_years']);

/**
 * A date and an interval, which make a date in Athena and a timestamp in DuckDB; `undefined` where it does not show
 * that one operand is a date. A column of that type is refused when the query is bound.
 */
export function shiftedDate(
  call: SqlNode,
  operator: string,
  operands: readonly unknown[],
): SqlNode | undefined {
  const [left, right] = nodesOf(operands);
  const isShift = (date: SqlNode | undefined, interval: SqlNode | undefined): boolean =>
    isVisiblyDate(date) && intervalOf(interval) !== undefined;
  const shifts = isShift(left, right) || (operator === '+' && isShift(right, left));
  if (!shifts) return undefined;
  const interval = intervalOf(left) ?? intervalOf(right) ?? '';
  if (!wholeDays.has(interval)) {
    throw new QueryFailure('TYPE_MISMATCH: Cannot add hour, minutes or seconds to a date');
  }
  return asDate(callOf(operator, operands), call);
}

function isVisiblyDate(node: SqlNode | undefined): boolean {
  return node?.class === 'CAST' && isNode(node.cast_type) && node.cast_type.id === 'DATE';
}

/** Name of the function that makes an interval: `to_days`. */
function intervalOf(node: SqlNode | undefined): string | undefined {
  const name = node?.class === 'FUNCTION' ? textOf(node.function_name) : '';
  return /^to_(?:milliseconds|seconds|minutes|hours|days|weeks|months|quarters|years)$/.test(name)
    ? name
    : undefined;
}

/** MySQL's date specifiers, which Athena's date_format takes, as DuckDB writes them. */
const specifiers: Readonly<Record<string, string>> = {
  Y: '%Y',
  y: '%y',
  m: '%m',
  d: '%d',
  H: '%H',
  i: '%M',
  s: '%S',
  S: '%S',
  f: '%f',
  p: '%p',
  h: '%I',
  I: '%I',
  j: '%j',
  M: '%B',
  b: '%b',
  W: '%A',
  a: '%a',
  T: '%H:%M:%S',
  '%': '%%',
};

/** Translates a format of `date_format` and `date_parse`; a specifier without an equal is refused. */
export function strftimeFormat(name: string, format: string): string {
  return format.replaceAll(/%([^])/g, (specifier, letter: string) => {
    const found = Object.hasOwn(specifiers, letter) ? specifiers[letter] : undefined;
    if (found === undefined) throw notSupported(`${name} with "${specifier}"`);
    return found;
  });
}
