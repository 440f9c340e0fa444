// What does a jq program cost on each record? Both start from one file of NDJSON and end with NDJSON: Debian's jq 1.6 as
// one process, ours with JSON.parse and JSON.stringify around the compiled program.
// Usage: node --import tsx --conditions=@store/source packages/jq/bench/per-record.bench.ts
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileJq } from '../src/index.js';

const workshop =
  '{store_id:.store_id,year:(.check_timestamp|strftime("%Y")),month:(.check_timestamp|strftime("%m")),day:(.check_timestamp|strftime("%d")),hour:(.check_timestamp|strftime("%H"))}';
const eventHour =
  '{datehour:(.event_time|if test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}") then .[0:10]+"-"+.[11:13] else error("event_time is not ISO 8601 in UTC") end)}';
const programs = { workshop, 'event hour': eventHour, 'one field': '{store_id:.store_id}' };

const count = 100_000;
const rounds = 5;
const start = Date.UTC(2026, 10, 1);
const records = Array.from({ length: count }, (_, at) => ({
  event_id: `${at}-6d1f0c8e-3b1a-4c55-9a43-0f1e2d3c4b5a`,
  event_type: 'sale',
  event_time: new Date(start + at * 864).toISOString(),
  check_timestamp: Math.floor((start + at * 864) / 1000),
  store_id: `STORE-${at % 200}`,
  store_name: 'Store in New York',
  location: { city: 'New York', region: 'NY', country: 'US', latitude: 40.7, longitude: -74 },
  product_id: `SKU-${at % 5000}`,
  current_stock: at % 300,
  min_threshold: 40,
  is_low_stock: at % 300 < 40,
}));
const text = records.map((record) => JSON.stringify(record)).join('\n');
const folder = mkdtempSync(join(tmpdir(), 'jq-bench-'));
const file = join(folder, 'records.ndjson');
writeFileSync(file, text);

function cpuMicros(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const spent = process.cpuUsage(before);
  return (spent.user + spent.system) / count;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function jqMicros(program: string): number {
  const run = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="%U %S"; time jq -c "$0" "$1" >/dev/null', program, file],
    {
      encoding: 'utf8',
    },
  );
  const [user = NaN, system = NaN] = (run.stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return ((user + system) * 1e6) / count;
}

let written = 0;

function ourTextMicros(program: string): number {
  const run = compileJq(program);
  return cpuMicros(() => {
    const lines: string[] = [];
    for (const line of text.split('\n')) {
      for (const output of run(JSON.parse(line))) lines.push(JSON.stringify(output));
    }
    written = lines.join('\n').length;
  });
}
console.log(
  `${count} records of ${Math.round(text.length / count)} bytes in one file; jq 1.6 is one process that reads it.\n`,
);
console.log('| query | jq 1.6, µs CPU a record | ours, text to text | ratio | ours, the program alone |');
console.log('|---|---|---|---|---|');
for (const [name, program] of Object.entries(programs)) {
  const run = compileJq(program);
  const ours: number[] = [];
  const alone: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(ourTextMicros(program));
    alone.push(
      cpuMicros(() => {
        for (const record of records) run(record);
      }),
    );
    theirs.push(jqMicros(program));
  }
  const [mine, bare, other] = [median(ours), median(alone), median(theirs)];
  console.log(
    `| ${name} | ${other.toFixed(1)} | ${mine.toFixed(2)} | ${(other / mine).toFixed(1)}x | ${bare.toFixed(2)} |`,
  );
}
rmSync(folder, { recursive: true });
if (written === 0) process.exitCode = 1;
