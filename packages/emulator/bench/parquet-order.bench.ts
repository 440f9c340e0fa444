/**
 * What does it cost to sort a file's rows by store, and what does it bring? The writer as delivery uses it, staged
 * events of one hour, CPU time, interleaved rounds, medians. Exits 1 where sorting takes more than twice the CPU. The
 * made-up rows come in an order of stores that compresses by itself; those of a real hour are a quarter smaller sorted.
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDb } from '../src/lake/duckdb.js';
import { ParquetWriter } from '../src/lake/parquet-writer.js';
import { eventColumns, eventText } from './inventory-load.js';

const EVENTS = 40_000;
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
const staged = join(folder, 'staged');
await writeFile(staged, Array.from({ length: EVENTS }, (_, n) => `${eventText(n, EVENTS)}\n`).join(''));
const database = new DuckDb({ threads: 1, memoryBytes: 96 * 1024 * 1024, temporaryFolder: folder });
const writer = new ParquetWriter(database);
const orders = { 'as they came': [], 'by store_id': ['store_id'] } as const;
type Order = keyof typeof orders;
const names: readonly Order[] = ['as they came', 'by store_id'];
const times: Record<Order, number[]> = { 'as they came': [], 'by store_id': [] };
const sizes: Record<Order, number> = { 'as they came': 0, 'by store_id': 0 };
for (let round = 0; round < 11; round += 1) {
  for (const name of names) {
    const target = join(folder, 'rows.parquet');
    const before = process.cpuUsage();
    await writer.write({
      paths: [staged],
      columns: eventColumns,
      sortColumns: orders[name],
      hasNegativeZero: false,
      longestLineBytes: 1000,
      codec: 'snappy',
      target,
    });
    const { user, system } = process.cpuUsage(before);
    times[name].push((user + system) / EVENTS);
    sizes[name] = (await stat(target)).size;
  }
}
const median = (name: Order): number => times[name].sort((a, b) => a - b)[5] ?? 0;
console.log('| rows of a file | µs of CPU an event | bytes an event |');
console.log('|---|---|---|');
for (const name of names) {
  console.log(`| ${name} | ${median(name).toFixed(2)} | ${(sizes[name] / EVENTS).toFixed(1)} |`);
}
const worth = median('by store_id') < 2 * median('as they came');
await database.close();
await rm(folder, { recursive: true });
process.exit(worth ? 0 : 1);
