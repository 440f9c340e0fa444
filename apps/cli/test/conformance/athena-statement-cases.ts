/** A statement, in the order of the table, and what Athena answers. */
export interface StatementCase {
  readonly sql: string;
  readonly type?: string;
  readonly subtype?: string;
  readonly names?: readonly string[];
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly updateCount?: number;
  readonly failure?: string;
  readonly refusal?: string;
}

const ddl = (subtype: string, sql: string): StatementCase => ({
  sql,
  type: 'DDL',
  subtype,
  names: [],
  rows: [],
});
const shows = (
  subtype: string,
  sql: string,
  names: readonly string[],
  rows: readonly string[],
): StatementCase => ({
  sql,
  type: 'UTILITY',
  subtype,
  names,
  rows: rows.map((row) => [row]),
});
const refuses = (sql: string, failure: string): StatementCase => ({
  sql,
  refusal: 'MALFORMED_QUERY',
  failure,
});
const fails = (sql: string, failure: string): StatementCase => ({ sql, failure });

const hive = 'FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask.';

/** Source: measured on Athena engine version 3 by the project athena-local (2026-09), and Athena's guide. */
export const statementCases: readonly StatementCase[] = [
  ddl('CREATE_DATABASE', '-- a comment\nCREATE DATABASE IF NOT EXISTS shop COMMENT "sales"'),
  fails('CREATE DATABASE shop', `${hive} AlreadyExistsException(message:Database shop already exists)`),
  ddl('CREATE_DATABASE', 'CREATE SCHEMA empty_one'),
  shows('SHOW_DATABASES', 'SHOW DATABASES', ['database_name'], ['empty_one', 'shop']),
  shows('SHOW_DATABASES', "/* x */ show schemas like 's.*'", ['database_name'], ['shop']),
  shows('SHOW_DATABASES', "SHOW DATABASES LIKE 's*'", ['database_name'], []),
  ddl(
    'CREATE_TABLE',
    `CREATE EXTERNAL TABLE orders (
       id bigint COMMENT 'a number',
       \`size\` decimal(10,2),
       place struct<city:string,tags:array<string>>
     )
     PARTITIONED BY (day string)
     STORED AS PARQUET
     LOCATION 's3://lake/orders/'
     TBLPROPERTIES ("parquet.compression"="SNAPPY")`,
  ),
  fails(
    `CREATE EXTERNAL TABLE orders (id int) LOCATION 's3://lake/x/'`,
    `${hive} AlreadyExistsException(message:Table orders already exists)`,
  ),
  shows('SHOW_TABLES', 'SHOW TABLES', ['tab_name'], ['orders']),
  shows('SHOW_TABLES', "SHOW TABLES IN shop 'x*'", ['tab_name'], []),
  shows('SHOW_TABLES', "SHOW TABLES IN shop LIKE 'ord*'", ['tab_name'], ['orders']),
  fails(
    'SHOW TABLES IN nowhere',
    'FAILED: SemanticException [Error 10072]: Database does not exist: nowhere',
  ),
  shows(
    'SHOW_COLUMNS',
    'SHOW COLUMNS IN orders',
    ['field'],
    ['id', 'size', 'place', 'day'].map((name) => name.padEnd(20)),
  ),
  shows(
    'DESCRIBE_TABLE',
    'DESCRIBE orders',
    ['col_name', 'data_type', 'comment'],
    [
      'id                  \tbigint              \ta number            ',
      'size                \tdecimal(10,2)       \t                    ',
      'place               \tstruct<city:string,tags:array<string>>\t                    ',
      'day                 \tstring              \t                    ',
      '\t \t ',
      '# Partition Information\t \t ',
      '# col_name            \tdata_type           \tcomment             ',
      '\t \t ',
      'day                 \tstring              \t                    ',
    ],
  ),
  ddl(
    'ALTER_TABLE',
    `ALTER TABLE orders ADD IF NOT EXISTS PARTITION (day = '2026-01-01') PARTITION (day='2026-01-02') LOCATION 's3://lake/orders/day=2026-01-02/'`,
  ),
  fails(
    `ALTER TABLE orders ADD PARTITION (day = '2026-01-01')`,
    `${hive} AlreadyExistsException(message:Partition already exists: day=2026-01-01)`,
  ),
  shows('SHOW_PARTITIONS', 'SHOW PARTITIONS orders', ['partition'], ['day=2026-01-01', 'day=2026-01-02']),
  ddl(
    'ALTER_TABLE',
    `ALTER TABLE orders PARTITION (day='2026-01-02') RENAME TO PARTITION (day='2026-01-03')`,
  ),
  ddl('ALTER_TABLE', `ALTER TABLE orders DROP PARTITION (day='2026-01-03')`),
  shows('SHOW_PARTITIONS', 'SHOW PARTITIONS shop.orders', ['partition'], ['day=2026-01-01']),
  ddl('ALTER_TABLE', `ALTER TABLE orders SET TBLPROPERTIES ('note' = 'kept')`),
  shows(
    'SHOW_TBLPROPERTIES',
    "SHOW TBLPROPERTIES orders('note')",
    ['prpt_name', 'prpt_value'],
    ['note\tkept'],
  ),
  ddl('ALTER_TABLE', 'ALTER TABLE orders ADD COLUMNS (more int)'),
  ddl('ALTER_TABLE', 'ALTER TABLE orders REPLACE COLUMNS (id bigint, more int)'),
  shows(
    'SHOW_COLUMNS',
    'SHOW COLUMNS FROM orders',
    ['field'],
    ['id', 'more', 'day'].map((name) => name.padEnd(20)),
  ),
  {
    sql: `INSERT INTO orders VALUES (1, 10, '2026-01-05'), (2, 20, '2026-01-06')`,
    type: 'DML',
    subtype: 'INSERT',
    names: ['rows'],
    rows: [],
    updateCount: 2,
  },
  shows(
    'SHOW_PARTITIONS',
    'SHOW PARTITIONS orders',
    ['partition'],
    ['day=2026-01-01', 'day=2026-01-05', 'day=2026-01-06'],
  ),
  {
    sql: 'SELECT id, more, day FROM orders ORDER BY id',
    type: 'DML',
    subtype: 'SELECT',
    rows: [
      ['id', 'more', 'day'],
      ['1', '10', '2026-01-05'],
      ['2', '20', '2026-01-06'],
    ],
  },
  fails(
    `INSERT INTO orders VALUES ('x', 1, 'd')`,
    'TYPE_MISMATCH: line 1:1: Insert query has mismatched column types: Table: [bigint, integer, varchar], Query: [varchar, integer, varchar]',
  ),
  {
    sql: "CREATE TABLE copies WITH (format = 'PARQUET', partitioned_by = ARRAY['day']) AS SELECT id, day FROM orders",
    type: 'DDL',
    subtype: 'CREATE_TABLE_AS_SELECT',
    names: ['rows'],
    rows: [],
    updateCount: 2,
  },
  {
    sql: 'SELECT count(*) AS n, max(day) AS d FROM copies',
    rows: [
      ['n', 'd'],
      ['2', '2026-01-06'],
    ],
  },
  fails(
    'CREATE TABLE copies AS SELECT 1 AS a',
    "TABLE_ALREADY_EXISTS: line 1:1: Destination table 'awsdatacatalog.shop.copies' already exists",
  ),
  fails(
    'CREATE TABLE nameless AS SELECT 1',
    'MISSING_COLUMN_NAME: line 1:1: Column name not specified at position 1',
  ),
  { sql: 'CREATE TABLE IF NOT EXISTS copies AS SELECT 1 AS a', updateCount: 0 },
  fails(
    "CREATE TABLE taken WITH (external_location = 's3://lake/orders/') AS SELECT 1 AS a",
    'HIVE_PATH_ALREADY_EXISTS: Target directory for table already exists: s3://lake/orders/. Choose an empty place',
  ),
  {
    sql: "UNLOAD (SELECT id FROM orders) TO 's3://lake/unloaded/' WITH (format = 'JSON')",
    type: 'DML',
    subtype: 'UNLOAD',
    updateCount: 2,
  },
  ddl('CREATE_VIEW', 'CREATE VIEW big AS SELECT id, more * 2 AS twice FROM orders WHERE id > 1'),
  {
    sql: 'SELECT * FROM big',
    rows: [
      ['id', 'twice'],
      ['2', '40'],
    ],
  },
  fails('CREATE VIEW big AS SELECT 1 AS a', "ALREADY_EXISTS: View already exists: 'awsdatacatalog.shop.big'"),
  ddl(
    'CREATE_VIEW',
    'CREATE OR REPLACE VIEW shop.big AS SELECT twice FROM (SELECT more * 2 AS twice FROM orders) WHERE twice > 20',
  ),
  ddl('CREATE_VIEW', 'CREATE VIEW bigger AS SELECT twice + 1 AS t FROM big'),
  { sql: 'SELECT t FROM bigger', rows: [['t'], ['41']] },
  {
    sql: 'SHOW CREATE VIEW bigger',
    rows: [['CREATE VIEW shop.bigger AS'], ['SELECT twice + 1 AS t FROM big']],
  },
  shows('SHOW_VIEWS', 'SHOW VIEWS', ['views'], ['big', 'bigger']),
  shows('DESC_VIEW', 'DESCRIBE bigger', ['column', 'type'], ['t\tinteger']),
  shows('DESC_VIEW', 'SHOW COLUMNS IN bigger', ['column', 'type'], ['t\tinteger']),
  {
    sql: "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'shop' ORDER BY 1",
    rows: [
      ['table_name', 'table_type'],
      ['big', 'VIEW'],
      ['bigger', 'VIEW'],
      ['copies', 'BASE TABLE'],
      ['orders', 'BASE TABLE'],
    ],
  },
  {
    sql: "SELECT column_name, data_type, extra_info FROM information_schema.columns WHERE table_name = 'orders' ORDER BY ordinal_position",
    rows: [
      ['column_name', 'data_type', 'extra_info'],
      ['id', 'bigint', null],
      ['more', 'integer', null],
      ['day', 'varchar', 'partition key'],
    ],
  },
  ddl('DROP_VIEW', 'DROP VIEW bigger'),
  fails('DROP TABLE big', `${hive} SemanticException [Error 10218]: Cannot drop a view with DROP TABLE`),
  {
    sql: 'EXPLAIN SELECT id FROM orders WHERE id > 1',
    type: 'DML',
    subtype: 'EXPLAIN',
    names: ['Query Plan'],
  },
  { sql: 'SELECT 1', type: 'DML', subtype: 'SELECT', rows: [['_col0'], ['1']] },
  { sql: '-- first\nVALUES (1)', type: 'DML', subtype: 'SELECT' },
  { sql: 'MSCK REPAIR TABLE orders', type: 'DDL', subtype: 'MSCK_REPAIR', names: [] },
  fails(
    'DROP DATABASE shop',
    `${hive} InvalidOperationException(message:Database shop is not empty. One or more tables exist.)`,
  ),
  ddl('DROP_TABLE', 'DROP TABLE copies'),
  fails('DROP TABLE copies', 'FAILED: SemanticException [Error 10001]: Table not found shop.copies'),
  ddl('DROP_TABLE', 'DROP TABLE IF EXISTS copies;'),
  ddl('DROP_DATABASE', 'DROP DATABASE empty_one'),
  fails(
    'DROP DATABASE empty_one',
    'FAILED: SemanticException [Error 10072]: Database does not exist: empty_one',
  ),
  refuses('SELECT FROM WHERE', "line 1:13: mismatched input 'WHERE'"),
  refuses('CREATE EXTERNAL TABLE t (a int b)', "line 1:32: mismatched input 'b'. Expecting: ')'"),
  refuses(
    'FROB THE KNOB',
    "line 1:1: mismatched input 'FROB'. Expecting: 'ALTER', 'CREATE', 'DEALLOCATE', 'DESCRIBE', 'DROP', 'EXECUTE', 'EXPLAIN', 'INSERT', 'MSCK', 'PREPARE', 'SELECT', 'SHOW', 'UNLOAD', 'VALUES', 'WITH'",
  ),
  refuses(
    'SHOW\n  FROGS',
    "line 2:3: mismatched input 'FROGS'. Expecting: 'COLUMNS', 'CREATE', 'DATABASES', 'PARTITIONS', 'SCHEMAS', 'TABLES', 'TBLPROPERTIES', 'VIEWS'",
  ),
  fails(
    'DELETE FROM orders',
    'NOT_SUPPORTED: DELETE; write the rows again with CREATE TABLE AS; Iceberg tables are not served here',
  ),
];
