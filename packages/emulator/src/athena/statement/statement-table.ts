import type { Statement } from './statement.js';

/** A statement that is served, or served with a difference. */
export interface ServedStatement {
  /** How it is written. */
  readonly form: string;
  /** How it differs from Athena's; empty where it does not. */
  readonly differs: string;
}

/** Statements that are served, by the kind that they are read as. */
export const servedStatements: Readonly<
  Record<Exclude<Statement['kind'], 'refused'>, readonly ServedStatement[]>
> = Object.freeze({
  select: [
    served(
      '`SELECT`, `WITH`, `VALUES`, `TABLE`',
      'the functions below; no WITH RECURSIVE, MATCH_RECOGNIZE or TABLESAMPLE; a comparison takes NaN for equal to itself and greater than every number',
    ),
  ],
  explain: [served('`EXPLAIN`', 'text of the logical plan, in other words than Athena’s')],
  insert: [served('`INSERT INTO`', 'into tables of Parquet or JSON')],
  unload: [served('`UNLOAD`', 'Parquet and JSON')],
  'create-table-as': [served('`CREATE TABLE AS`', 'Parquet and JSON; no buckets and no Iceberg')],
  'create-database': [served('`CREATE DATABASE`, `CREATE SCHEMA`')],
  'drop-database': [served('`DROP DATABASE`, `DROP SCHEMA`')],
  'alter-database': [served('`ALTER DATABASE SET DBPROPERTIES`')],
  'create-table': [
    served(
      '`CREATE EXTERNAL TABLE`',
      'any format is kept; Parquet, JSON, OpenCSV and delimited text are read, of the other ones a query says so',
    ),
  ],
  'alter-table': [
    served('`ALTER TABLE ADD PARTITION`'),
    served('`ALTER TABLE DROP PARTITION`'),
    served('`ALTER TABLE RENAME PARTITION`'),
    served('`ALTER TABLE SET LOCATION`'),
    served('`ALTER TABLE SET TBLPROPERTIES`'),
    served('`ALTER TABLE ADD COLUMNS`'),
    served('`ALTER TABLE REPLACE COLUMNS`'),
  ],
  'drop-table': [served('`DROP TABLE`')],
  'repair-table': [served('`MSCK REPAIR TABLE`')],
  'create-view': [served('`CREATE VIEW`, `CREATE OR REPLACE VIEW`')],
  'drop-view': [served('`DROP VIEW`')],
  'show-tables': [served('`SHOW TABLES`')],
  'show-views': [served('`SHOW VIEWS`')],
  'show-databases': [served('`SHOW DATABASES`, `SHOW SCHEMAS`', 'of a pattern, `.*` and `|` are read')],
  'show-partitions': [served('`SHOW PARTITIONS`')],
  'show-columns': [served('`SHOW COLUMNS`')],
  'show-create-table': [served('`SHOW CREATE TABLE`')],
  'show-create-view': [served('`SHOW CREATE VIEW`')],
  'show-properties': [served('`SHOW TBLPROPERTIES`')],
  describe: [served('`DESCRIBE`, `DESC`', 'of a whole table or view')],
  prepare: [served('`PREPARE`')],
  execute: [served('`EXECUTE`')],
  deallocate: [served('`DEALLOCATE PREPARE`')],
});

function served(form: string, differs = ''): ServedStatement {
  return Object.freeze({ form, differs });
}

/** A statement that Athena has and the endpoint refuses by its name. */
export interface RefusedStatement {
  readonly form: string;
  /** One that is refused so. */
  readonly example: string;
}

/** Statements that are refused by name; what to write instead is what the refusal of the example says. */
export const refusedStatements: readonly RefusedStatement[] = Object.freeze(
  [
    ['`UPDATE`', 'UPDATE t SET a = 1'],
    ['`DELETE`', 'DELETE FROM t'],
    ['`MERGE`', 'MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE'],
    ['`OPTIMIZE`', 'OPTIMIZE t REWRITE DATA USING BIN_PACK'],
    ['`VACUUM`', 'VACUUM t'],
    [
      '`CREATE TABLE` of Iceberg',
      "CREATE TABLE t (a int) LOCATION 's3://b/t/' TBLPROPERTIES ('table_type' = 'ICEBERG')",
    ],
    ['`INSERT OVERWRITE`', 'INSERT OVERWRITE t SELECT 1'],
    ['`ALTER TABLE CHANGE COLUMN`', 'ALTER TABLE t CHANGE COLUMN a b int'],
    ['`ALTER TABLE DROP COLUMN`', 'ALTER TABLE t DROP COLUMN a'],
    ['`ALTER TABLE RENAME`', 'ALTER TABLE t RENAME TO u'],
    ['`ALTER VIEW`', 'ALTER VIEW v DIALECT UPDATE'],
    ['`DESCRIBE INPUT`, `DESCRIBE OUTPUT`', 'DESCRIBE INPUT p'],
    ['`DESCRIBE … PARTITION`', "DESCRIBE t PARTITION (day = 'x')"],
    ['`EXPLAIN ANALYZE`', 'EXPLAIN ANALYZE SELECT 1'],
    ['`EXPLAIN (FORMAT JSON)`, `EXPLAIN (TYPE IO)`', 'EXPLAIN (FORMAT JSON) SELECT 1'],
    ['`SHOW FUNCTIONS`', 'SHOW FUNCTIONS'],
  ].map(([form = '', example = '']) => Object.freeze({ form, example })),
);
