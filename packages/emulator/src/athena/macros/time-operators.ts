import { fail, failWith, JSON_VALUE, macro, type Macro, once, ZONED } from './macro.js';

const Z = ZONED;

const DATE_AND_NUMBER = failWith(
  'TYPE_MISMATCH: Cannot apply operator: date + integer; write date + INTERVAL or date_add',
  'DATE',
);

const notAlike = fail(
  `concat('TYPE_MISMATCH: Cannot apply operator: ', trino_type_name(typeof(x)), ' = ', trino_type_name(typeof(other)), '; Athena casts none of them by itself')`,
);

const branchChecked = `CASE WHEN NOT trino_alike(x, other) THEN ${fail(`concat('TYPE_MISMATCH: Cannot find common type between ', trino_type_name(typeof(other)), ' and ', trino_type_name(typeof(x)), '; cast one of them')`)} ELSE x END`;

/** A type of each family: DuckDB takes any number for a double, and any date for a timestamp. */
const plainTypes = ['DOUBLE', 'VARCHAR', 'TIMESTAMP', 'BOOLEAN'] as const;
const ofOneFamily = plainTypes.map((type) => [`p ${type}, q ${type}, x, other`, 'x'] as const);

/** Addition, subtraction and comparison of all types, since those of dates decide them. */
export const timeOperatorMacros: readonly Macro[] = [
  // A date and whole days stay a date; hours cannot be added to one.
  macro('trino_day_interval', [
    'i',
    `CASE WHEN i <> to_months(CAST(date_part('year', i) * 12 + date_part('month', i) AS INTEGER)) + to_days(CAST(date_part('day', i) AS INTEGER)) THEN ${failWith('INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date')} ELSE i END`,
  ]),
  // Nothing but numbers is added; text is no number in Athena. The argument stays as it is.
  macro(
    'trino_number',
    [
      'x DATE',
      failWith(
        'TYPE_MISMATCH: Cannot apply operator: date + integer; write date + INTERVAL or date_add',
        'BIGINT',
      ),
    ],
    ['x VARCHAR', failWith('TYPE_MISMATCH: Cannot apply operator to varchar: cast it to a number', 'BIGINT')],
    ['x', 'x'],
  ),
  macro(
    'trino_add',
    ['a TINYINT, b TINYINT', 'a + b'],
    ['a SMALLINT, b SMALLINT', 'a + b'],
    ['a INTEGER, b INTEGER', 'a + b'],
    ['a BIGINT, b BIGINT', 'a + b'],
    ['a DATE, b INTERVAL', 'CAST(a + trino_day_interval(b) AS DATE)'],
    ['a INTERVAL, b DATE', 'CAST(b + trino_day_interval(a) AS DATE)'],
    [`a ${Z}, b INTERVAL`, 'trino_zoned_shift(a, b)'],
    [`a INTERVAL, b ${Z}`, 'trino_zoned_shift(b, a)'],
    ['a INTERVAL, b INTERVAL', 'a + b'],
    ['a TIMESTAMP, b INTERVAL', 'a + b'],
    ['a TIMESTAMP_S, b INTERVAL', 'CAST(a AS TIMESTAMP) + b'],
    ['a TIMESTAMP_NS, b INTERVAL', 'CAST(a + b AS TIMESTAMP_NS)'],
    ['a INTERVAL, b TIMESTAMP', 'a + b'],
    ['a DATE, b BIGINT', DATE_AND_NUMBER],
    ['a, b', 'trino_number(a) + trino_number(b)'],
  ),
  macro(
    'trino_subtract',
    ['a TINYINT, b TINYINT', 'a - b'],
    ['a SMALLINT, b SMALLINT', 'a - b'],
    ['a INTEGER, b INTEGER', 'a - b'],
    ['a BIGINT, b BIGINT', 'a - b'],
    ['a DATE, b INTERVAL', 'CAST(a - trino_day_interval(b) AS DATE)'],
    [`a ${Z}, b INTERVAL`, 'trino_zoned_shift(a, -b)'],
    ['a DATE, b DATE', "to_days(CAST(date_diff('day', b, a) AS INTEGER))"],
    ['a TIMESTAMP, b TIMESTAMP', 'a - b'],
    [`a ${Z}, b ${Z}`, `struct_extract(a, '$utc') - struct_extract(b, '$utc')`],
    ['a INTERVAL, b INTERVAL', 'a - b'],
    ['a TIMESTAMP_S, b INTERVAL', 'CAST(a AS TIMESTAMP) - b'],
    ['a TIMESTAMP_NS, b INTERVAL', 'CAST(a - b AS TIMESTAMP_NS)'],
    ['a TIMESTAMP, b INTERVAL', 'a - b'],
    ['a DATE, b BIGINT', DATE_AND_NUMBER],
    ['a, b', 'trino_number(a) - trino_number(b)'],
  ),
  macro('trino_zoned_shift', [
    `x ${Z}, i INTERVAL`,
    once(
      'x',
      `CASE WHEN i = to_months(CAST(date_part('year', i) * 12 + date_part('month', i) AS INTEGER)) THEN trino_zoned(trino_utc_at(trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone')) + i, struct_extract(x, '$zone')), struct_extract(x, '$zone')) ELSE trino_zoned(struct_extract(x, '$utc') + i, struct_extract(x, '$zone')) END`,
    ),
  ]),
  // The two sides of a comparison: instants with zones compare as instants. What is of one family is told when the form
  // is chosen: planning `coalesce(weight, 0) > 50` takes 4 ms, where a look at both names of types took 50.
  macro('trino_side', ['x, other', 'trino_side_of(x, other, x, other)']),
  macro(
    'trino_side_of',
    [`p ${Z}, q ${Z}, x, other`, `struct_extract(x, '$utc')`],
    [`p ${Z}, q TIMESTAMP, x, other`, `struct_extract(x, '$utc')`],
    [`p TIMESTAMP, q ${Z}, x, other`, 'x'],
    // Keys are in their order, as json_parse of Trino puts them.
    [`p ${JSON_VALUE}, q ${JSON_VALUE}, x, other`, 'trino_json_format(x)'],
    ...ofOneFamily,
    ['p, q, x, other', `CASE WHEN NOT trino_alike(x, other) THEN ${notAlike} ELSE trino_decided(x) END`],
  ),
  // The other side, which the first one has checked.
  macro('trino_other_side', ['x, other', 'trino_other_side_of(x, other, x)']),
  macro(
    'trino_other_side_of',
    [`p ${Z}, q ${Z}, x`, `struct_extract(x, '$utc')`],
    [`p ${Z}, q TIMESTAMP, x`, `struct_extract(x, '$utc')`],
    [`p ${JSON_VALUE}, q ${JSON_VALUE}, x`, 'trino_json_format(x)'],
    ...plainTypes.map((type) => [`p ${type}, q, x`, 'x'] as const),
    ['p, q, x', 'trino_decided(x)'],
  ),
  // The same where a column of an outer query may stand, whose type is not known when a form is chosen.
  macro(
    'trino_inner_side',
    [`x ${Z}, other ${Z}`, `struct_extract(x, '$utc')`],
    [`x ${Z}, other DATE`, `struct_extract(x, '$utc')`],
    [`x ${Z}, other TIMESTAMP`, `struct_extract(x, '$utc')`],
    [`x DATE, other ${Z}`, 'x'],
    [`x TIMESTAMP, other ${Z}`, 'x'],
    ['x, other', `CASE WHEN NOT trino_alike(x, other) THEN ${notAlike} ELSE trino_decided(x) END`],
  ),
  macro(
    'trino_inner_other_side',
    [`x ${Z}, other ${Z}`, `struct_extract(x, '$utc')`],
    [`x ${Z}, other DATE`, `struct_extract(x, '$utc')`],
    [`x ${Z}, other TIMESTAMP`, `struct_extract(x, '$utc')`],
    ['x, other', 'trino_decided(x)'],
  ),
  macro('trino_inner_branch', ['x, other', branchChecked]),
  // A comparison of nested values that hold NULL may be undecided in Athena, and never is in DuckDB.
  macro('trino_decided', [
    'x',
    `CASE WHEN trino_family(typeof(x)) = 'nested' AND regexp_matches(CAST(x AS VARCHAR), '\\bNULL\\b') THEN ${failWith('NOT_SUPPORTED: a comparison of arrays, maps or rows that hold NULL; compare their parts')} ELSE x END`,
  ]),
  // The branches of a CASE, COALESCE or ARRAY, which have one type.
  macro('trino_branch', ['x, first', 'trino_branch_of(x, first, x, first)']),
  macro('trino_condition', [
    'x',
    `CASE WHEN typeof(x) IN ('BOOLEAN', '"NULL"') THEN x ELSE ${failWith('TYPE_MISMATCH: a condition must be a boolean')} END`,
  ]),
  macro('trino_branch_of', ...ofOneFamily, ['p, q, x, other', branchChecked]),
  macro('trino_alike', [
    'a, b',
    `trino_family(typeof(a)) = trino_family(typeof(b)) OR typeof(a) = '"NULL"' OR typeof(b) = '"NULL"'`,
  ]),
];
