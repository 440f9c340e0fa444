/**
 * Holds what `store demo --json` says against the Parquet files themselves, read by DuckDB: a reader that
 * shares no code with the endpoint that wrote them.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// The reader is the command's own dependency; the root has none.
const require = createRequire(join(import.meta.dirname, '..', 'apps', 'cli', 'package.json'));
const { DuckDBInstance } = require('@duckdb/node-api');

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const files = join(report.lakeDir, '**', '*.parquet').replaceAll("'", "''");
const reader = await connection.runAndReadAll(
  `select count(*)::int as n, count(distinct event_id)::int as ids from read_parquet('${files}', hive_partitioning = true)`,
);
const [[rows, ids]] = reader.getRows();
const counts = {
  eventsGenerated: report.eventsGenerated,
  eventsAccepted: report.eventsAccepted,
  rowsInLake: report.rowsInLake,
  rowsByDuckDb: rows,
  idsByDuckDb: ids,
};
console.log(counts);
const distinct = new Set(Object.values(counts));
if (distinct.size !== 1 || !(rows > 0)) {
  console.error('Expected the five counts to be equal and above zero.');
  process.exit(1);
}
if (!(report.truckMessages > 0 && report.restockRequests >= report.truckMessages)) {
  console.error(
    `Expected trucks to be sent, got ${report.restockRequests} requests, ${report.truckMessages} messages.`,
  );
  process.exit(1);
}
