import { notSupported, syntaxFailure } from './athena-error.js';
import { asDate, shiftedDate, strftimeFormat } from './date-functions.js';
import { callOf, constantOf, isNode, type SqlNode, textOf } from './sql-ast.js';

type Children = readonly unknown[];
type Rewrite = (call: SqlNode, children: Children) => SqlNode;

/** Functions that both engines know under one name and answer alike. */
const same = new Set(
  `count count_star sum min max count_if bool_and bool_or array_agg nullif abs ceil ceiling floor sqrt ln exp log10
  log2 pow power sign pi lower upper length trim ltrim rtrim reverse strpos starts_with chr lpad rpad
  rank dense_rank row_number ntile percent_rank cume_dist lag lead first_value last_value nth_value
  stddev stddev_samp stddev_pop variance var_samp var_pop corr covar_samp covar_pop
  now year month day hour minute second quarter row map list_value grouping
  ~~ !~~ like_escape not_like_escape * to_days to_hours to_minutes to_seconds to_milliseconds to_months to_years
  trunc strftime`.split(/\s+/),
);

const renamed: Readonly<Record<string, string>> = {
  every: 'bool_and',
  arbitrary: 'any_value',
  max_by: 'arg_max_null',
  min_by: 'arg_min_null',
  arg_max: '',
  day_of_week: 'isodow',
  dow: 'isodow',
  day_of_month: 'day',
  day_of_year: 'dayofyear',
  doy: 'dayofyear',
  contains: 'list_contains',
  from_unixtime: 'trino_from_unixtime',
  to_unixtime: 'trino_to_unixtime',
  from_iso8601_timestamp: 'trino_iso_instant',
  json_extract_scalar: 'trino_json_scalar',
  split_part: 'trino_split_part',
  split: 'string_split',
  array_join: 'trino_join',
  slice: 'trino_slice',
  array_max: 'trino_array_max',
  array_min: 'trino_array_min',
  // Exact, which is within the error that Athena allows itself.
  approx_percentile: 'quantile_disc',
  map_keys: 'map_keys',
  map_values: 'map_values',
  '/': 'trino_divide',
  '%': 'trino_modulo',
  mod: 'trino_modulo',
};

const argumentsOf: Readonly<Record<string, number>> = {
  max_by: 2,
  min_by: 2,
  from_unixtime: 1,
  split: 2,
  json_extract_scalar: 2,
  array_join: 2,
  slice: 3,
  approx_percentile: 2,
};

const units = new Set(['millisecond', 'second', 'minute', 'hour', 'day', 'week']);
const intervals: Readonly<Record<string, string>> = {
  millisecond: 'to_milliseconds',
  second: 'to_seconds',
  minute: 'to_minutes',
  hour: 'to_hours',
  day: 'to_days',
  week: 'to_weeks',
  month: 'to_months',
  quarter: 'to_quarters',
  year: 'to_years',
};

function unitOf(name: string, child: unknown, known: ReadonlySet<string>): string {
  const unit = String(constantOf(child) ?? '').toLowerCase();
  if (!known.has(unit)) {
    throw notSupported(`${name} with the unit "${unit}"; served are ${[...known].join(', ')}`);
  }
  return unit;
}

function fold(name: string): Rewrite {
  return (call, children) => {
    const [first, ...rest] = children;
    if (!isNode(first) || rest.length === 0) {
      throw syntaxFailure(`There must be two or more arguments`);
    }
    return rest.reduce<SqlNode>((left, right) => callOf(name, [left, right], call), first);
  };
}

function around(inner: string): Rewrite {
  return (call, children) => ({
    ...call,
    children: children.map((child, at) => (at === 0 ? callOf(inner, [child]) : child)),
  });
}

const rewrites: Readonly<Record<string, Rewrite>> = {
  sequence: (call, children) =>
    callOf(children.length === 2 ? 'trino_sequence2' : 'trino_sequence3', children, call),
  concat: fold('trino_concat'),
  '||': fold('trino_concat'),
  greatest: fold('trino_greatest2'),
  least: fold('trino_least2'),
  avg: around('trino_not_decimal'),
  round: around('trino_not_decimal'),
  approx_distinct: (call, children) => ({
    ...call,
    function_name: 'count',
    distinct: true,
    children: children.slice(0, 1),
  }),
  '+': (call, children) => signed('trino_add', call, children),
  '-': (call, children) => signed('trino_subtract', call, children),
  date_diff: (call, children) => {
    unitOf('date_diff', children[0], units);
    // DuckDB's date_diff counts boundaries; its date_sub counts whole units, as Athena's date_diff does.
    return callOf('date_sub', children, call);
  },
  date_add: (call, children) => {
    const unit = unitOf('date_add', children[0], new Set(Object.keys(intervals)));
    const [, count, instant] = children;
    const sum = [instant, callOf(intervals[unit] ?? '', [count])];
    return shiftedDate(call, '+', sum) ?? callOf('trino_add', sum, call);
  },
  date_trunc: (call, children) => {
    unitOf('date_trunc', children[0], new Set(Object.keys(intervals)));
    return callOf('date_trunc', [children[0], callOf('trino_not_date', [children[1]])], call);
  },
  date_format: (call, children) =>
    callOf('strftime', [children[0], formatConstant('date_format', children[1])], call),
  date_parse: (call, children) =>
    callOf('strptime', [children[0], formatConstant('date_parse', children[1])], call),
  date: (call, children) => asDate(children[0], call),
  replace: (call, children) => callOf(children.length === 2 ? 'trino_remove' : 'replace', children, call),
  date_part: (call, children) => {
    const part = String(constantOf(children[0]) ?? '').toLowerCase();
    const name = { dow: 'isodow', day_of_week: 'isodow', doy: 'dayofyear', day_of_year: 'dayofyear' }[part];
    if (name !== undefined) return callOf(name, children.slice(1), call);
    if (!['year', 'quarter', 'month', 'day', 'hour', 'minute', 'second'].includes(part)) {
      throw notSupported(`extract of "${part}"`);
    }
    return callOf(part, children.slice(1), call);
  },
  substr: (call, children) =>
    callOf(children.length === 2 ? 'trino_substr2' : 'trino_substr3', children, call),
  substring: (call, children) =>
    callOf(children.length === 2 ? 'trino_substr2' : 'trino_substr3', children, call),
  element_at: (call, children) => itemOf(call, children, 'list_extract', 'map_extract_value'),
  cardinality: (call, children) => callOf('len', children, call),
  regexp_like: (call, children) => {
    const pattern = constantOf(children[1]);
    // What Java's and RE2's expressions read alike.
    if (
      typeof pattern !== 'string' ||
      !/^(?:[A-Za-z0-9 _:/,@-]|\\[.\-/]|[.^$|]|\[[A-Za-z0-9_:/ -]+\][*+?]?|\{[0-9,]+\}|[*+?](?![*+?]))*$/.test(
        pattern,
      )
    ) {
      throw notSupported('regexp_like with a pattern beyond letters, classes, anchors and repetitions');
    }
    return callOf('regexp_matches', children, call);
  },
};

function signed(name: string, call: SqlNode, children: Children): SqlNode {
  if (children.length === 1) return { ...call, children };
  return shiftedDate(call, textOf(call.function_name), children) ?? callOf(name, children, call);
}

function formatConstant(name: string, child: unknown): SqlNode {
  const format = constantOf(child);
  if (typeof format !== 'string' || !isNode(child) || !isNode(child.value)) {
    throw notSupported(`${name} with a format that is no plain text`);
  }
  return { ...child, value: { ...child.value, value: strftimeFormat(name, format) } };
}

/** Item of a list by a number, of a map by a text; which it is must show, since both engines answer differently. */
export function itemOf(call: SqlNode, children: Children, ofList: string, ofMap: string): SqlNode {
  const key = constantOf(children[1]);
  if (typeof key === 'number' && key > 0) return callOf(ofList, children, call);
  if (typeof key === 'string') return callOf(ofMap, children, call);
  throw notSupported('a subscript that is neither a positive number nor a plain text');
}

/** What stands for a call of a Trino function; one that Trino does not know, or that could differ, is refused. */
export function rewriteCall(call: SqlNode, name: string, children: Children): SqlNode {
  const rewrite = Object.hasOwn(rewrites, name) ? rewrites[name] : undefined;
  if (rewrite !== undefined) return rewrite(call, children);
  const target = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
  const count = Object.hasOwn(argumentsOf, name) ? argumentsOf[name] : undefined;
  if (count !== undefined && children.length !== count) {
    throw notSupported(`${name} with ${children.length} arguments`);
  }
  if (target !== undefined && target !== '') {
    return { ...call, function_name: target, is_operator: false, children };
  }
  if (same.has(name)) return { ...call, children };
  throw syntaxFailure(
    `Function '${name}' is not registered, or could answer otherwise than in Athena; see the guide's list of functions`,
  );
}
