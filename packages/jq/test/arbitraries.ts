import fc from 'fast-check';

const text = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'abc',
    'STORE-001',
    'store_042',
    'New York',
    'é',
    '😀x',
    'a,b,c',
    '12',
    '-3.5',
    '1e3',
    ' 7 ',
    'null',
    '[1]',
    '{"a":1}',
    'true',
    'x-y-z',
  ),
  fc.constantFrom(
    '2026-11-23T04:05:06Z',
    '2026-11-23T04:05:06.789Z',
    '1999-12-31T23:59:59Z',
    '2026-02-30T00:00:00Z',
    '2026-11-23 04:05:06',
    '2026-11-23',
  ),
  fc.string({ maxLength: 6 }),
  fc.string({
    maxLength: 5,
    unit: fc.constantFrom('a', 'b', 'A', '1', '-', ',', ' ', '.', 'ß', '\n', '\t', '"', '\\', '\u007f', '<'),
  }),
);
const number = fc.oneof(
  fc.integer({ min: -5, max: 20 }),
  fc.integer({ min: 0, max: 2_000_000_000 }),
  fc.constantFrom(
    0,
    -0,
    0.5,
    -1.5,
    1.5,
    1e15,
    1e16,
    1e17,
    1e-5,
    1.25e-7,
    123456789.125,
    9007199254740992,
    1e300,
    1764000000,
    1764000000.75,
    -86401,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const keys = [
  'a',
  'b',
  'store_id',
  'product_id',
  'event_time',
  'check_timestamp',
  'is_low_stock',
  'location',
  'quantity_delta',
  'constructor',
  'toString',
];
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { arbitrary: scalar, weight: 5 },
    { arbitrary: fc.array(tie('any'), { maxLength: 4 }), weight: 2 },
    {
      arbitrary: fc.dictionary(fc.constantFrom(...keys), tie('any'), { maxKeys: 4, noNullPrototype: true }),
      weight: 2,
    },
  ),
})).any;

const event = fc.record({
  event_time: text,
  check_timestamp: number,
  store_id: text,
  product_id: scalar,
  quantity_delta: number,
  is_low_stock: fc.boolean(),
  location: value,
  a: value,
  b: value,
});

/** Inputs: events with odd fields, and any JSON value. */
export const arbitraryInput: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: event, weight: 3 },
  { arbitrary: value, weight: 2 },
);

const quoted = (of: fc.Arbitrary<string>): fc.Arbitrary<string> => of.map((s) => JSON.stringify(s));
const literal = fc.oneof(
  quoted(text),
  number.map((n) => (n < 0 || Object.is(n, -0) ? `(${n})` : String(n))),
  fc.constantFrom('null', 'true', 'false', '[]', '{}'),
);
const patterns = [
  'a',
  '^a',
  'b$',
  '[0-9]+',
  '^[A-Z]+-[0-9]+$',
  '(?<y>[0-9]{4})-(?<m>[0-9]{2})',
  'a|b',
  'x*',
  '\\\\.',
  '[^,]+',
  '(a)(b)?',
  '\\\\d',
  '\\\\w+',
  '\\\\s',
  '.',
  'o.?',
  '(?:ab)+',
  '\\\\bx',
  'a{1,2}',
  '[a-c-]',
  '(?i)AB',
  '(?i:A)b?',
  '(?s).b',
  '(?:a|b|-)+',
  '(?:[a-z]+,?)+',
  '[0-9]+-[0-9]+-[0-9]+',
  'a*b*c*x*y*$',
  '$',
  '',
].map((p) => `"${p}"`);
const formats = [
  '%Y',
  '%Y-%m-%d',
  '%Y/%m/%d/%H',
  '%H:%M:%S',
  '%j %U %W %V %G %u %w',
  '%A %a %B %b %e %I %p %C %y',
  '%F %T',
  '%D %R %c',
  '%s'.replace('%s', '%%'),
  '',
  'dt=%Y%m%dT%H',
];
const path = fc.oneof(
  fc.constantFrom(...keys).map((k) => `.${k}`),
  fc.constantFrom(
    '.',
    '.[0]',
    '.[-1]',
    '.[1:]',
    '.[:2]',
    '.[0:10]',
    '.[11:13]',
    '.[-2:]',
    '.[]',
    '.[]?',
    '..',
    '."a"',
    '.["b"]',
    '.a.b',
    '.a?',
    '.a[0]',
    '.location.city?',
    '.[.a]?',
    '.[1.7]',
    '.a[]?',
  ),
);
const nullary = [
  'length',
  'keys',
  'keys_unsorted',
  'type',
  'tostring',
  'tonumber',
  'tojson',
  'fromjson',
  'ascii_downcase',
  'ascii_upcase',
  'not',
  'floor',
  'ceil',
  'round',
  'sqrt',
  'fabs',
  'add',
  'sort',
  'reverse',
  'unique',
  'min',
  'max',
  'first',
  'last',
  'to_entries',
  'from_entries',
  'explode',
  'implode',
  'any',
  'all',
  'flatten',
  'gmtime',
  'mktime',
  'todate',
  'fromdate',
  'fromdateiso8601',
  'utf8bytelength',
  'empty',
  'error',
  'values',
  'strings',
  'numbers',
  'scalars',
  'arrays',
  'objects',
  'iterables',
  'booleans',
  'nulls',
  '@text',
  '@json',
  '@base64',
  '@csv',
  '@tsv',
  '@uri',
  '@html',
];
const ofText = [
  'startswith',
  'endswith',
  'ltrimstr',
  'rtrimstr',
  'split',
  'join',
  'has',
  'contains',
  'index',
  'rindex',
  'indices',
  'inside',
];
const ofCode = [
  'map',
  'select',
  'sort_by',
  'group_by',
  'unique_by',
  'min_by',
  'max_by',
  'with_entries',
  'any',
  'all',
  'first',
  'isempty',
];

// jq 1.6 never ends on the places of an empty text.
const call = (path: string, name: string, argument: string): string =>
  name.includes('ind') && /^""$|^\./.test(argument)
    ? `(${path}|${name}(","))`
    : `(${path}|${name}(${argument}))`;

/** Programs of the subset, mostly sensible, with every kind of misuse mixed in. */
export const arbitraryProgram: fc.Arbitrary<string> = fc.letrec<{ e: string; t: string }>((tie) => {
  const e = tie('e');
  const pair = fc.tuple(e, e);
  const field = fc
    .tuple(fc.constantFrom('k', 'datehour', 'a', '"b c"', '(.a|tostring)'), e)
    .map(([k, v]) => `${k}:(${v})`);
  return {
    t: fc.oneof(path, literal, path),
    e: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { arbitrary: path, weight: 6 },
      { arbitrary: literal, weight: 3 },
      { arbitrary: fc.tuple(path, fc.constantFrom(...nullary)).map(([p, f]) => `(${p}|${f})`), weight: 5 },
      { arbitrary: pair.map(([a, b]) => `(${a}|${b})`), weight: 4 },
      { arbitrary: pair.map(([a, b]) => `(${a},${b})`), weight: 1 },
      { arbitrary: pair.map(([a, b]) => `(${a} // ${b})`), weight: 2 },
      {
        arbitrary: fc
          .tuple(
            e,
            fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', ' and ', ' or '),
            e,
          )
          .map(([a, o, b]) =>
            o === '*'
              ? `(${a}|numbers)*(${b}|numbers)`
              : o === '/'
                ? `((${a})/((${b})|if .==0 then 2 else . end))`
                : `((${a})${o}(${b}))`,
          ),
        weight: 4,
      },
      {
        arbitrary: fc.array(field, { minLength: 1, maxLength: 3 }).map((f) => `{${f.join(',')}}`),
        weight: 2,
      },
      { arbitrary: e.map((a) => `[${a}]`), weight: 2 },
      { arbitrary: fc.tuple(e, e, e).map(([c, a, b]) => `(if ${c} then ${a} else ${b} end)`), weight: 2 },
      { arbitrary: e.map((a) => `"<\\(${a})>"`), weight: 1 },
      {
        arbitrary: fc
          .tuple(fc.constantFrom('@base64', '@uri', '@json', '@html'), e)
          .map(([f, a]) => `(${f} "p\\(${a})")`),
        weight: 1,
      },
      { arbitrary: pair.map(([a, b]) => `(try (${a}) catch (${b}))`), weight: 1 },
      { arbitrary: e.map((a) => `(${a})?`).map((a) => `(${a})`), weight: 1 },
      { arbitrary: pair.map(([a, b]) => `(${a} as $v|${b},$v)`), weight: 1 },
      { arbitrary: pair.map(([a, b]) => `(reduce (${a}) as $i (null;${b}))`), weight: 1 },
      {
        arbitrary: fc
          .tuple(fc.boolean(), e, e, e)
          .map(([optional, a, b, c]) =>
            optional
              ? `(reduce ((${a})?,(${b})) as $i (null;[.,$i]|${c}))`
              : `(reduce (try (${a}) catch (${b})) as $i (null;(.,$i)|${c}))`,
          ),
        weight: 1,
      },
      {
        arbitrary: fc
          .tuple(path, fc.constantFrom(...ofText), fc.oneof(literal, path))
          .map(([p, f, a]) => call(p, f, a)),
        weight: 4,
      },
      {
        arbitrary: fc.tuple(path, fc.constantFrom(...ofCode), e).map(([p, f, a]) => `(${p}|${f}(${a}))`),
        weight: 3,
      },
      {
        arbitrary: fc
          .tuple(
            path,
            fc.constantFrom('test', 'match', 'capture', 'scan', 'splits'),
            fc.constantFrom(...patterns),
          )
          .map(([p, f, a]) => `(${p}|${f}(${a}))`),
        weight: 2,
      },
      {
        arbitrary: fc
          .tuple(
            path,
            fc.constantFrom('sub', 'gsub'),
            fc.constantFrom(...patterns.slice(0, 7)),
            fc.constantFrom('"-"', '"<\\(.y)>"', '.m', '""'),
          )
          .map(([p, f, a, b]) => `(${p}|${f}(${a};${b}))`),
        weight: 1,
      },
      {
        arbitrary: fc.tuple(path, fc.constantFrom(...formats)).map(
          ([p, f]) =>
            // Times beyond C's calendar make jq 1.6 abort.
            `(${p}|if type=="number" and (.>1e11 or .<-1e11) then 0 else . end|strftime(${JSON.stringify(f)}))`,
        ),
        weight: 2,
      },
      {
        arbitrary: fc
          .tuple(path, fc.constantFrom('%Y-%m-%dT%H:%M:%SZ', '%Y-%m-%d %H:%M:%S', '%Y-%m-%d', '%d %B %Y'))
          .map(([p, f]) => `(${p}|strptime(${JSON.stringify(f)}))`),
        weight: 1,
      },
      {
        arbitrary: fc
          .tuple(fc.integer({ min: -2, max: 3 }), fc.integer({ min: -1, max: 5 }))
          .map(([a, b]) => `range(${a};${b})`),
        weight: 1,
      },
    ),
  };
}).e;
