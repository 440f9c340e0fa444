import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStatement } from '../../src/athena/statement/parse-statement.js';
import { ServiceError } from '../../src/wire/service-error.js';

const words = (
  'ALTER ADD ANALYZE AS BY CASCADE CHANGE COLUMN COLUMNS COMMENT CREATE DATABASE DBPROPERTIES DEALLOCATE DELIMITED DESC ' +
  'DESCRIBE DROP EXECUTE EXISTS EXPLAIN EXTERNAL EXTENDED FIELDS FORMAT FORMATTED FROM FUNCTIONS IF IN INPUTFORMAT INSERT ' +
  'INTO LIKE LOCATION MSCK NOT OR OUTPUTFORMAT OVERWRITE PARQUET PARTITION PARTITIONED PARTITIONS PREPARE RENAME REPAIR ' +
  'REPLACE RESTRICT ROW SCHEMA SELECT SERDE SERDEPROPERTIES SET SHOW STORED TABLE TABLES TBLPROPERTIES TERMINATED TEXTFILE ' +
  'TO UNLOAD USING VALUES VIEW VIEWS WITH DATA NO'
).split(' ');
const others = [
  ...['(', ')', ',', '.', '=', ';', '<', '>', ':', '*', '?', "'", '"', '`', '--', '/*', '*/', '\n', '\\'],
  ...[
    "'s3://b/t/'",
    "'x''y'",
    '"a b"',
    '`a``b`',
    't',
    'shop.t',
    'a int',
    'struct<a:int>',
    'decimal(10,2)',
    '1',
    '-1',
  ],
];
const token = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...words) },
  { weight: 4, arbitrary: fc.constantFrom(...others) },
  { weight: 1, arbitrary: fc.string({ maxLength: 8, unit: 'binary' }) },
);

const valid = [
  "CREATE EXTERNAL TABLE IF NOT EXISTS shop.t (a int COMMENT 'x', b struct<c:array<int>>) PARTITIONED BY (day string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('a' = 'b') LOCATION 's3://b/t/' TBLPROPERTIES ('k' = 'v')",
  "ALTER TABLE t ADD IF NOT EXISTS PARTITION (day = '1') LOCATION 's3://b/1/' PARTITION (day = '2')",
  "CREATE TABLE t WITH (format = 'PARQUET', partitioned_by = ARRAY['day']) AS SELECT 1 AS a, 'x' AS day",
  "UNLOAD (SELECT (1)) TO 's3://b/u/' WITH (format = 'JSON')",
  'INSERT INTO shop.t (a, b) VALUES (1, 2)',
  'CREATE OR REPLACE VIEW v AS SELECT 1 AS a',
  'EXPLAIN (TYPE LOGICAL) SELECT 1',
  'PREPARE p FROM SELECT ?',
  "EXECUTE p USING 1, 'x'",
  "SHOW TABLES IN shop 'x*'",
];

/** A statement with a piece of it taken away, doubled, or replaced. */
const mutated = fc
  .tuple(fc.constantFrom(...valid), fc.nat(), fc.nat(40), token, fc.constantFrom('cut', 'double', 'replace'))
  .map(([sql, at, length, other, how]) => {
    const from = at % (sql.length + 1);
    const piece = sql.slice(from, from + length);
    const instead = how === 'cut' ? '' : how === 'double' ? piece + piece : other;
    return sql.slice(0, from) + instead + sql.slice(from + length);
  });

test('every text is read as a statement, or refused with the place where it stops being one', () => {
  const soup = fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(' '));
  fc.assert(
    fc.property(fc.oneof(soup, mutated), (sql) => {
      try {
        expect(parseStatement(sql).kind).toMatch(/^[a-z-]+$/);
      } catch (error) {
        expect(error).toBeInstanceOf(ServiceError);
        expect(error).toMatchObject({
          code: 'InvalidRequestException',
          facts: { AthenaErrorCode: 'MALFORMED_QUERY' },
        });
        expect(String(error)).toMatch(/line \d+:\d+: /);
      }
    }),
    { numRuns: 3000 },
  );
});
