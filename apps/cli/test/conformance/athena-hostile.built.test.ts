import { afterAll, beforeAll, expect, test } from 'vitest';
import { chanceOf } from '../poison/chance.js';
import { eachAtOnce } from './athena-client.js';
import { athenaClient, type AthenaOutcome } from './athena-client.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;
let ask: (sql: string) => Promise<AthenaOutcome>;

beforeAll(async () => {
  served = await serveEndpoint();
  ask = athenaClient(served);
  for (const sql of ['CREATE DATABASE shop', "CREATE TABLE t AS SELECT 1 AS a, 'x' AS b"]) {
    expect((await ask(sql)).failure).toBeUndefined();
  }
});

afterAll(() => served.stop());

/** What a text for a client must not hold: the engine's name and words, paths of this machine, frames of a stack. */
const foreign =
  /[Dd]uck[Dd][Bb]|(?:Binder|Parser|Catalog|Conversion|Internal|IO|Invalid Input|Out of Range) Error|LINE \d|read_(?:parquet|csv|json)\w*|\/(?:tmp|home|work|root|usr)\/|node_modules|\n\s+at /g;

/** Foreign words of a text that its statement has not brought along. */
function foreignIn(text: string | undefined, sql: string): readonly string[] {
  return [...(text ?? '').matchAll(foreign)].map(([word]) => word).filter((word) => !sql.includes(word));
}

const statements = [
  'SELECT a FROM t WHERE b = 1 GROUP BY a HAVING count(*) > 0 ORDER BY a LIMIT 1',
  "CREATE EXTERNAL TABLE u (a int, b string) PARTITIONED BY (day string) STORED AS PARQUET LOCATION 's3://lake/u/'",
  "ALTER TABLE t ADD PARTITION (day = '1') LOCATION 's3://lake/1/'",
  "CREATE TABLE w WITH (format = 'JSON') AS SELECT a, b FROM t",
  "INSERT INTO t SELECT 2, 'y'",
  "UNLOAD (SELECT a FROM t) TO 's3://lake/unloaded/' WITH (format = 'PARQUET')",
  'CREATE OR REPLACE VIEW v AS SELECT a FROM t',
  'DESCRIBE FORMATTED t',
  'EXPLAIN SELECT a FROM t',
];
const pieces = [
  ...[
    '(',
    ')',
    ',',
    ';',
    "'",
    '"',
    '`',
    '--',
    '/*',
    '$$',
    '::',
    '\\',
    '\0',
    '\u{1f600}',
    '?',
    '*',
    '=>',
    '{',
    '[',
  ],
  ...[
    'SELECT',
    'FROM',
    'AS',
    'TABLE',
    'COPY',
    'ATTACH',
    'PRAGMA',
    'SET',
    'INSTALL',
    'read_csv',
    'getenv',
    'a',
    't',
    '1e999',
    'NULL',
  ],
  ...[
    "'/etc/passwd'",
    '"/etc/passwd"',
    "'s3://lake/../../x/'",
    "'s3:///'",
    'shop.t.u.v',
    'map<string,',
    'decimal(99,99)',
    '-9223372036854775809',
  ],
];

// A fresh seed each time: the name of the test tells it.
const seed = Math.floor(Math.random() * 2 ** 32);

test(`statements torn and mixed end refused, failed or done, in Athena's words alone (seed ${seed})`, async () => {
  const chance = chanceOf(seed);
  const torn = Array.from({ length: 120 }, () => {
    const parts = chance.pick(statements).split(/(?<=\s|[(),=])/);
    for (let change = chance.below(3); change >= 0; change -= 1) {
      parts.splice(chance.below(parts.length + 1), chance.below(3), `${chance.pick(pieces)} `);
    }
    return parts.join('');
  });
  await eachAtOnce(torn, async (sql) => {
    if (sql === '') return;
    const { failure, refusal, execution } = await ask(sql);
    expect(foreignIn(failure, sql), sql).toEqual([]);
    if (refusal === undefined) expect(['SUCCEEDED', 'FAILED'], sql).toContain(execution.Status?.State);
  });
  expect((await ask('SELECT 1')).rows.at(-1)).toEqual(['1']);
});

test.each([
  "SELECT * FROM read_csv('/etc/passwd')",
  "SELECT * FROM '/etc/passwd'",
  'SELECT * FROM "/etc/passwd"',
  "SELECT getenv('HOME')",
  "COPY t TO '/tmp/x'",
  "ATTACH '/tmp/x.db'",
  'PRAGMA database_list',
  'SELECT * FROM duckdb_settings()',
  "SELECT * FROM pragma_table_info('t')",
  'CALL pragma_version()',
  "CREATE EXTERNAL TABLE x (a int) LOCATION 's3://lake/../../../etc/'",
  "CREATE EXTERNAL TABLE x (a int) LOCATION '/etc/'",
  "UNLOAD (SELECT 1 AS a) TO '/tmp/x' WITH (format = 'JSON')",
  `INSERT INTO t VALUES (${'('.repeat(2000)}1${')'.repeat(2000)}, 'x')`,
  `SELECT ${'-'.repeat(1000)}1`,
  `CREATE EXTERNAL TABLE deep (a ${'array<'.repeat(500)}int${'>'.repeat(500)}) LOCATION 's3://lake/deep/'`,
  `ALTER TABLE t ADD COLUMNS (${Array.from({ length: 3000 }, (_, at) => `c${at} int`).join(', ')})`,
])('%.80s tells nothing of this machine', async (sql) => {
  const { failure } = await ask(sql);
  expect(foreignIn(failure, sql)).toEqual([]);
});
