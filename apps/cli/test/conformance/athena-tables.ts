/** An object of the lake, a table over it, a query, and what Athena answers. */
export interface TableCase {
  readonly name: string;
  readonly columns: string;
  readonly format: string;
  readonly objects: Readonly<Record<string, string | Buffer>>;
  /** Over the table `t`. */
  readonly select: string;
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly failure?: string;
}

const csv = (properties = ''): string =>
  `ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' ${properties}`;
const openJson = (properties = ''): string =>
  `ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' ${properties}`;

/** Source: the pages on the OpenCSV, LazySimple and JSON SerDes in Athena's guide (2026-11). */
export const tableCases: readonly TableCase[] = [
  {
    name: 'OpenCSVSerde reads text in quotes, and casts it to the types of the columns',
    columns: 'id int, name string, price double, ok boolean, day date, at timestamp',
    format: csv(),
    objects: { 'a.csv': '"1","a ""q"", b","2.5","true","1","1579059880000"\n2,,,,,\n' },
    select: 'SELECT * FROM t ORDER BY id',
    rows: [
      ['1', 'a "q", b', '2.5', 'true', '1970-01-02', '2020-01-15 03:44:40.000'],
      ['2', '', null, null, null, null],
    ],
  },
  {
    name: 'OpenCSVSerde takes other characters, skips headers, and reads gzip',
    columns: 'id int, name string',
    format: `${csv(`WITH SERDEPROPERTIES ('separatorChar' = ';', 'quoteChar' = '''', 'escapeChar' = '\\\\')`)}
      TBLPROPERTIES ('skip.header.line.count' = '1')`,
    objects: { 'x/a.csv': "id;name\n1;'a;b'\n", 'b.csv': 'id;name\n2;c\n', _SUCCESS: 'x', '.hidden': 'y;z' },
    select: 'SELECT id, name FROM t ORDER BY id',
    rows: [
      ['1', 'a;b'],
      ['2', 'c'],
    ],
  },
  {
    name: 'OpenCSVSerde names the field that is not of its type',
    columns: 'id int, n int',
    format: csv(),
    objects: { 'a.csv': '1,two\n' },
    select: 'SELECT sum(n) FROM t',
    failure: "HIVE_BAD_DATA: Error parsing field value 'two' for field 1",
  },
  {
    name: 'a delimited table has NULL for what is missing, of another type, or \\N, and takes quotes as they are',
    columns: 'id int, name string, tags array<string>, m map<string,int>, price decimal(10,2)',
    format: `ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' COLLECTION ITEMS TERMINATED BY ',' MAP KEYS TERMINATED BY ':'`,
    objects: { 'a.txt': '1|"a"|x,y|k:1,l:2|1.50|more\nzwei|\\N\n' },
    select: 'SELECT * FROM t',
    rows: [
      ['1', '"a"', '[x, y]', '{k=1, l=2}', '1.50'],
      [null, null, null, null, null],
    ],
  },
  {
    name: 'a table without a row format reads fields between \\x01',
    columns: 'a string, b bigint',
    format: '',
    objects: { 'a.txt': 'x\u00011\n\ny\u00012\n' },
    select: `SELECT a, b FROM t WHERE a <> '' ORDER BY b`,
    rows: [
      ['x', '1'],
      ['y', '2'],
    ],
  },
  {
    name: 'JSON lines are read by name in any case; what is missing is NULL',
    columns: 'id int, name string, place struct<city:string,codes:array<int>>, m map<string,double>',
    format: openJson(),
    objects: {
      'a.json':
        '{"ID":1,"Name":"a","place":{"City":"x","codes":[1,2]},"m":{"k":1.5}}\n{"id":2,"name":{"z":1}}\n{"id":"3"}\n',
    },
    select: 'SELECT * FROM t ORDER BY id',
    rows: [
      ['1', 'a', '{city=x, codes=[1, 2]}', '{k=1.5}'],
      ['2', '{"z":1}', null, null],
      ['3', null, null, null],
    ],
  },
  {
    name: 'the SerDe decides, whatever the classification says',
    columns: 'id int',
    format: `${openJson(`WITH SERDEPROPERTIES ('mapping.id' = 'number')`)} TBLPROPERTIES ('classification' = 'parquet')`,
    objects: { 'a.json': '{"number":7}\n' },
    select: 'SELECT count(*), max(id) FROM t',
    rows: [['1', '7']],
  },
  {
    name: 'a line that is no JSON fails',
    columns: 'id int',
    format: openJson(),
    objects: { 'a.json': '{"id":1}\nnot json\n' },
    select: 'SELECT id FROM t',
    failure: 'HIVE_CURSOR_ERROR: Row is not a valid JSON Object',
  },
  {
    name: 'a line that is no JSON may be skipped',
    columns: 'id int',
    format: openJson(`WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')`),
    objects: { 'a.json': '{"id":1}\nnot json\n' },
    select: 'SELECT id FROM t WHERE id IS NOT NULL',
    rows: [['1']],
  },
  ...['ORC', 'AVRO', 'RCFILE', 'SEQUENCEFILE'].map((format) => ({
    name: `a table of ${format} is refused by name`,
    columns: 'id int',
    format: `STORED AS ${format}`,
    objects: { a: 'x' },
    select: 'SELECT count(*) FROM t',
    failure: 'NOT_SUPPORTED: Not served is a table of the ',
  })),
  {
    name: 'a table over regular expressions is refused by name',
    columns: 'id string',
    format: `ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' WITH SERDEPROPERTIES ('input.regex' = '(.*)')`,
    objects: {},
    select: 'SELECT id FROM t',
    failure:
      'NOT_SUPPORTED: Not served is a table of the SerDe org.apache.hadoop.hive.serde2.RegexSerDe; write the data STORED AS PARQUET, or over OpenCSVSerde, LazySimpleSerDe, or a JSON SerDe, which are read',
  },
  {
    name: 'text in a compression that is not read is refused by name',
    columns: 'id string',
    format: csv(),
    objects: { 'a.csv.bz2': 'x' },
    select: 'SELECT id FROM t',
    failure: 'NOT_SUPPORTED: Not served is a text file compressed as .bz2; compress it with gzip (.gz)',
  },
];
