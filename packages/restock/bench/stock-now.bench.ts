/**
 * What does a plan cost when one hour is new: the full scan of `lowStockQuery` over a week against the state of the
 * shelves, renewed by `stockNowMerge` (a table) and by `stockNowRewrite` (a file, as the command keeps it), each with
 * the list of what is low? And what does the rebuild cost? CPU seconds of DuckDB and bytes that it reads from files,
 * on Parquet in an hour layout; all of a size in one run, and all with the same requests. Exits 1 where these differ, or
 * where an increment takes more than a third of the scan's CPU or a tenth of its bytes, from 10 million rows on. The
 * increment touches most shelves here and costs the same after a year; the scan grows with the history.
 * Usage: MILLIONS=10,100 npm run bench -- restock/stock-now (by default 1,10; 100 takes 3 GB of disk)
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { eventHourPartitioning as partitioning } from '@store/schema';
import {
  lowStockQuery,
  stockNowLowQuery,
  stockNowMerge,
  stockNowQuery,
  stockNowRewrite,
} from '@store/restock';

const HOURS = 168;
const HISTORY = '2026-01-05T00:00:00Z';
const hourAt = (hour: number): string => new Date(Date.parse(HISTORY) + hour * 3_600_000).toISOString();
const NEW_HOUR = hourAt(HOURS);
const LATE_HOURS = 3;
/** The window of a refresh: the new hour, and those in which events may still come late. */
const FROM = hourAt(HOURS - LATE_HOURS);
/** From this many million rows on, the state is made from its last hours alone, which comes to the same here. */
const LARGE = 50;
const table = 'inventory_events';

/** Names of shelves, so that the events are joined from them. */
const shelfNames = (shelves: number): string => `create table shelf_names as
  select range as shelf, printf('store-%05d', range // 500) as store_id, printf('Store %d', range // 500) as store_name,
         {city: printf('City %d', range // 500 % 40), country: 'NO'} as location,
         printf('SKU-%06d', range % 500) as product_id, printf('Product %d', range % 500) as product_name,
         printf('Department %d', range % 12) as category
  from range(${shelves})`;

/** The events of one hour. A shelf falls below its threshold of 10 in one visit of nine, about every fifteen hours. */
const events = (rows: number, hour: number): string => {
  const shelves = rows / 100;
  const first = Math.floor((rows * hour) / HOURS);
  const last = Math.floor((rows * (hour + 1)) / HOURS);
  return `select store_id || '-' || i as event_id,
      timestamp '${hourAt(hour).slice(0, -1)}' + to_microseconds((i - ${first}) * 3600000000 // ${last - first}) as event_time,
      i as sequence, store_id, store_name, location, product_id, product_name, category,
      cast(40 - 4 * ((visit + shelf) % 9) as integer) as current_stock, 10 as min_threshold, 0 as on_order
    from (select range as i, (range * 7919) % ${shelves} as shelf, range // ${shelves} as visit
          from range(${first}, ${last}))
    join shelf_names using (shelf)`;
};

interface Cost {
  readonly seconds: number;
  readonly bytes: number;
  readonly rows: readonly unknown[];
}

/** Bytes that this process has read from files, from the system's cache or not; Linux alone counts them. */
function readBytes(): number {
  const path = '/proc/self/io';
  return existsSync(path) ? Number(/rchar: (\d+)/.exec(readFileSync(path, 'utf8'))?.[1] ?? 0) : Number.NaN;
}

async function measure(connection: DuckDBConnection, ...statements: readonly string[]): Promise<Cost> {
  const [cpu, bytes] = [process.cpuUsage(), readBytes()];
  let rows: readonly unknown[] = [];
  for (const sql of statements) rows = (await connection.runAndReadAll(sql)).getRowsJson();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (user + system) / 1e6, bytes: readBytes() - bytes, rows };
}

const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(bytes < 2 ** 24 ? 1 : 0);
const faults: string[] = [];

async function size(millions: number): Promise<void> {
  const rows = millions * 1e6;
  const folder = mkdtempSync(join(tmpdir(), 'stock-now-'));
  const lake = join(folder, 'lake');
  mkdirSync(lake);
  const open = async (): Promise<DuckDBInstance> =>
    DuckDBInstance.create(join(folder, 'state.duckdb'), {
      memory_limit: '6GB',
      temp_directory: join(folder, 'spill'),
      preserve_insertion_order: 'false',
      // What is cached between two statements would be read for nothing by the second.
      enable_external_file_cache: 'false',
    });
  let instance = await open();
  try {
    let connection = await instance.connect();
    await connection.run(shelfNames(rows / 100));
    for (let hour = 0; hour <= HOURS; hour++) {
      const partition = join(lake, `datehour=${hourAt(hour).slice(0, 13).replace('T', '-')}`);
      mkdirSync(partition);
      await connection.run(`copy (${events(rows, hour)}) to '${partition}/events.parquet' (format parquet)`);
    }
    await connection.run(
      `create view ${table} as select * from read_parquet('${lake}/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)`,
    );
    const options = { table, partitioning };
    const file = (name: string): string => join(folder, `${name}.parquet`);
    const since = millions < LARGE ? {} : { from: hourAt(HOURS - 24) };
    const before = stockNowQuery({ ...options, ...since, to: NEW_HOUR });
    const rebuild = await measure(connection, `create table stock_now as ${before}`);
    await connection.run(`copy stock_now to '${file('before')}' (format parquet, compression zstd)`);
    await connection.run(`create view held as select * from '${file('before')}'`);

    // A plan begins with nothing in memory: the state is read from its file.
    connection.closeSync();
    instance.closeSync();
    instance = await open();
    connection = await instance.connect();
    const scan = await measure(connection, lowStockQuery({ table }));
    const merge = await measure(connection, stockNowMerge({ ...options, from: FROM }), stockNowLowQuery());
    const rewritten = stockNowRewrite({ ...options, from: NEW_HOUR, stockNow: 'held' });
    const rewrite = await measure(
      connection,
      `copy (${rewritten}) to '${file('after')}' (format parquet, compression zstd)`,
      stockNowLowQuery().replace('from stock_now', `from '${file('after')}'`),
    );
    const shelves = await connection.runAndReadAll('select count(*) from stock_now');
    console.log(
      `\n${millions} M rows of history, ${String(shelves.getRows()[0]?.[0])} shelves, ${scan.rows.length} of them low; state ${mib(statSync(file('after')).size)} MiB\n`,
    );
    console.log('| plan | CPU s | of the scan | MiB read | of the scan |\n|---|---|---|---|---|');
    for (const [name, cost] of [
      ['full scan', scan],
      [`merge of the new hour and ${LATE_HOURS} before, list`, merge],
      ['new hour into a new file, list', rewrite],
      ...(millions < LARGE ? [['rebuild', rebuild] as const] : []),
    ] as const) {
      console.log(
        `| ${name} | ${cost.seconds.toFixed(2)} | ${(cost.seconds / scan.seconds).toFixed(3)} | ${mib(cost.bytes)} | ${(cost.bytes / scan.bytes).toFixed(3)} |`,
      );
    }
    // The scan has no `rules`, so that its rows are compared by what a request is made from.
    const keys = (found: readonly unknown[], columns: readonly number[]): string =>
      JSON.stringify(found.map((row) => (Array.isArray(row) ? columns.map((at) => String(row[at])) : row)));
    const listed = [0, 1, 7, 9];
    const scanned = keys(scan.rows, [0, 4, 7, 9]);
    if (scanned !== keys(merge.rows, listed) || scanned !== keys(rewrite.rows, listed)) {
      faults.push(`The requests differ at ${millions} M rows.`);
    }
    const dear = [merge, rewrite].filter(
      ({ seconds, bytes }) => seconds > scan.seconds / 3 || bytes > scan.bytes / 10,
    );
    if (millions >= 10 && dear.length > 0) {
      faults.push(
        `An increment takes more than a third of the scan's CPU, or a tenth of its bytes, at ${millions} M rows.`,
      );
    }
    connection.closeSync();
  } finally {
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const millions of (process.env.MILLIONS ?? '1,10').split(',')) await size(Number(millions));
console.log(`\n${faults.length === 0 ? 'Every plan finds the same requests.' : faults.join('\n')}`);
process.exitCode = faults.length === 0 ? 0 : 1;
