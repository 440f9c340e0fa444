/** A projected table, folders of objects, and the rows that Athena finds in them. */
export interface ProjectionCase {
  readonly name: string;
  /** Partition keys as DDL writes them. */
  readonly keys: string;
  /** Properties besides `projection.enabled`; `LAKE` stands for the table's location. */
  readonly properties: Readonly<Record<string, string>>;
  /** Folders below the location, each with an object whose one row holds the folder's name. */
  readonly folders: readonly string[];
  /** Of the SELECT; the folders that are seen, in order, where there is none. */
  readonly rows?: readonly (readonly (string | null)[])[];
  /** Over the table `t`, which has a column `folder` besides its keys. */
  readonly select?: string;
  readonly seen?: readonly string[];
  readonly failure?: string;
}

const folders = (key: string, values: readonly string[]): readonly string[] =>
  values.map((value) => `${key}=${value}`);

/** A day this many days from today, as `yyyy-MM-dd`. */
const day = (after: number): string => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);

const date = (
  format: string,
  range: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  'projection.k.type': 'date',
  'projection.k.format': format,
  'projection.k.range': range,
  ...more,
});
const injected = { 'projection.k.type': 'injected' };
const needsValue =
  'CONSTRAINT_VIOLATION: For the injected projected partition column k, the WHERE clause must contain only static equality conditions, and at least one such condition must be present.';

/** Source: the pages on partition projection in Athena's guide (2026-11), and its page on troubleshooting. */
export const projectionCases: readonly ProjectionCase[] = [
  {
    name: 'an enum has its values, white space included',
    keys: 'k string',
    properties: { 'projection.k.type': ' ENUM ', 'projection.k.values': 'a, b,c d' },
    folders: folders('k', ['a', 'b', ' b', 'c d', 'e']),
    seen: folders('k', [' b', 'a', 'c d']),
  },
  {
    name: 'an integer has the values of its range, in steps',
    keys: 'k int',
    properties: {
      'projection.k.type': 'integer',
      'projection.k.range': ' -5 , 20 ',
      'projection.k.interval': '5',
    },
    folders: folders('k', ['-10', '-5', '0', '5', '05', '7', '20', '25', 'x']),
    seen: folders('k', ['-5', '0', '20', '5']),
  },
  {
    name: 'an integer of fixed digits has zeros before it',
    keys: 'k string',
    properties: {
      'projection.k.type': 'integer',
      'projection.k.range': '0,9999',
      'projection.k.digits': '4',
    },
    folders: folders('k', ['1', '0001', '00001', '9999', '10000']),
    select: 'SELECT k, folder FROM t ORDER BY k',
    rows: [
      ['0001', 'k=0001'],
      ['9999', 'k=9999'],
    ],
  },
  {
    name: 'a range with a hyphen is refused',
    keys: 'k int',
    properties: { 'projection.k.type': 'integer', 'projection.k.range': '0-20' },
    folders: [],
    failure: 'INVALID_TABLE_PROPERTY: For input string: "0-20"',
  },
  {
    name: 'a key without a projection is named',
    keys: 'k int, other string',
    properties: { 'projection.k.type': 'integer', 'projection.k.range': '0,20' },
    folders: [],
    failure:
      'is configured for partition projection, but the following partition columns are missing projection configuration: [other]',
  },
  {
    name: 'a date has the days of its range that there are',
    keys: 'k string',
    properties: date('yyyy-MM-dd', '2024-02-28,2024-03-01'),
    folders: folders('k', [
      '2024-02-27',
      '2024-02-28',
      '2024-02-29',
      '2024-02-30',
      '2024-03-01',
      '2024-03-02',
      '2024-3-1',
    ]),
    seen: folders('k', ['2024-02-28', '2024-02-29', '2024-03-01']),
  },
  {
    name: 'a condition on a day that is not projected finds nothing',
    keys: 'k string',
    properties: date('yyyy-MM-dd', '2024-02-28,2024-03-01'),
    folders: folders('k', ['2024-02-28', '2024-05-01']),
    select: "SELECT folder FROM t WHERE k = '2024-05-01'",
    rows: [],
  },
  {
    name: 'NOW is today, and days may be counted from it',
    keys: 'k string',
    properties: date('yyyy-MM-dd', 'NOW-5DAYS, NOW + 1 DAY'),
    folders: folders('k', [day(-9), day(-4), day(0), day(9)]),
    seen: folders('k', [day(-4), day(0)]),
  },
  {
    name: 'NOW reaches back months, and years',
    keys: 'k string',
    properties: date('yyyy-MM-dd', 'NOW-1YEARS,NOW-1MONTH'),
    folders: folders('k', [day(-400), day(-300), day(-40), day(-3)]),
    seen: folders('k', [day(-300), day(-40)]),
  },
  {
    name: 'steps of a date begin at its range',
    keys: 'k string',
    properties: date('yyyy-MM-dd', '2024-01-01,2024-03-01', {
      'projection.k.interval': '1',
      'projection.k.interval.unit': 'WEEKS',
    }),
    folders: folders('k', ['2024-01-01', '2024-01-02', '2024-01-08', '2024-02-26']),
    seen: folders('k', ['2024-01-01', '2024-01-08', '2024-02-26']),
  },
  {
    name: 'a format without days goes by months',
    keys: 'k string',
    properties: date('yyyyMM', '202401,202412', {
      'projection.k.interval': '3',
      'projection.k.interval.unit': 'MONTHS',
    }),
    folders: folders('k', ['202401', '202402', '202404', '202412']),
    seen: folders('k', ['202401', '202404']),
  },
  {
    name: 'hours need a unit',
    keys: 'k string',
    properties: date('yyyy-MM-dd-HH', '2024-01-01-00,2024-01-02-00'),
    folders: [],
    failure: 'INVALID_TABLE_PROPERTY: projection.k.interval.unit must be set',
  },
  {
    name: 'hours go in steps of hours',
    keys: 'k string',
    properties: date("yyyy-MM-dd'T'HH", '2024-01-01T00,2024-01-02T00', {
      'projection.k.interval': '6',
      'projection.k.interval.unit': 'HOURS',
    }),
    folders: folders('k', [
      '2024-01-01T00',
      '2024-01-01T01',
      '2024-01-01T06',
      '2024-01-02T00',
      '2024-01-02T06',
    ]),
    seen: folders('k', ['2024-01-01T00', '2024-01-01T06', '2024-01-02T00']),
  },
  {
    name: 'months may have names, and numbers no zeros',
    keys: 'k string',
    properties: date('d-MMM-yyyy', '1-Jan-2024,31-Dec-2024'),
    folders: folders('k', ['5-Feb-2024', '05-Feb-2024', '5-Foo-2024', '12-Dec-2024']),
    seen: folders('k', ['12-Dec-2024', '5-Feb-2024']),
  },
  {
    name: 'a key of the type date is written by the format in the location alone',
    keys: 'k date',
    properties: { ...date('yyyy/MM/dd', '2024/01/01,2024/12/31'), 'storage.location.template': 'LAKE/${k}' },
    folders: ['2024/02/03', '2024/02/04/deeper', '2025/02/03'],
    select: "SELECT k, folder FROM t WHERE k < DATE '2024-06-01' ORDER BY k",
    rows: [
      ['2024-02-03', '2024/02/03'],
      ['2024-02-04', '2024/02/04/deeper'],
    ],
  },
  {
    name: 'a format of other letters is refused by name',
    keys: 'k string',
    properties: date("YYYY-'W'ww", '2024-W01,2024-W52'),
    folders: [],
    failure: "NOT_SUPPORTED: Not served is the date format YYYY-'W'ww of a projection",
  },
  {
    name: 'a template joins keys in any order, and takes one twice',
    keys: 'k string, n int',
    properties: {
      'projection.k.type': 'enum',
      'projection.k.values': 'x,xy',
      'projection.n.type': 'integer',
      'projection.n.range': '1,3',
      'storage.location.template': 'LAKE/n${n}-${k}/part-${k}/',
    },
    folders: ['n1-x/part-x', 'n2-xy/part-xy', 'n2-xy/part-x', 'n4-x/part-x', 'n1-z/part-z'],
    select: 'SELECT k, n FROM t ORDER BY n',
    rows: [
      ['x', '1'],
      ['xy', '2'],
    ],
  },
  {
    name: 'a template without one of the keys is refused',
    keys: 'k string, n int',
    properties: {
      'projection.k.type': 'enum',
      'projection.k.values': 'x',
      'projection.n.type': 'integer',
      'projection.n.range': '1,3',
      'storage.location.template': 'LAKE/${k}/',
    },
    folders: [],
    failure: 'storage.location.template has no placeholder for the partition column n',
  },
  {
    name: 'folders in another order are no partitions of a table without a template',
    keys: 'k string, n int',
    properties: {
      'projection.k.type': 'enum',
      'projection.k.values': 'x',
      'projection.n.type': 'integer',
      'projection.n.range': '1,3',
    },
    folders: ['k=x/n=1', 'n=2/k=x', 'other/k=x/n=3', 'k=x/n=3/deeper'],
    seen: ['k=x/n=1', 'k=x/n=3/deeper'],
  },
  {
    name: 'an injected key takes its value from the query',
    keys: 'k string',
    properties: { ...injected, 'storage.location.template': 'LAKE/devices/${k}' },
    folders: ['devices/4a', 'devices/4b', 'devices/4c'],
    select: "SELECT k, folder FROM t WHERE k IN ('4a', lower('4B')) ORDER BY k",
    rows: [
      ['4a', 'devices/4a'],
      ['4b', 'devices/4b'],
    ],
  },
  ...[
    'SELECT folder FROM t',
    "SELECT folder FROM t WHERE k > '4'",
    "SELECT folder FROM t WHERE k = '4a' OR folder = 'x'",
    'SELECT folder FROM t WHERE k = folder',
    "SELECT count(*) FROM t a, t b WHERE a.k = '4a'",
    "SELECT count(*) FROM t WHERE k IN (SELECT folder FROM t WHERE k = '4a')",
  ].map((select) => ({
    name: `an injected key is asked for in ${select}`,
    keys: 'k string',
    properties: injected,
    folders: [],
    select,
    failure: needsValue,
  })),
  ...[
    "SELECT count(*) FROM t WHERE k = '4a' AND folder <> 'x'",
    "SELECT count(*) FROM t WHERE k = '4a' OR k = '4a' AND folder <> 'x'",
    "SELECT count(*) FROM (SELECT * FROM t) AS d WHERE d.k = '4a'",
    "WITH w AS (SELECT * FROM t) SELECT count(*) FROM w WHERE k = '4a'",
    "SELECT count(*) FROM t a JOIN t b ON a.k = b.k WHERE a.k = '4a'",
  ].map((select) => ({
    name: `an injected key has a value in ${select}`,
    keys: 'k string',
    properties: injected,
    folders: ['k=4a', 'k=4b'],
    select,
    rows: [['1']],
  })),
];
