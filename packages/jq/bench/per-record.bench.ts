// What does one record's partition key cost? Our compiled jq against Debian's jq 1.6 process over one stream.
// Usage: node --import tsx --conditions=@store/source packages/jq/bench/per-record.bench.ts
import { spawnSync } from 'node:child_process';
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
  const run = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time jq -c "$0" >/dev/null', program], {
    input: text,
    encoding: 'utf8',
  });
  const [user = NaN, system = NaN] = (run.stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return ((user + system) * 1e6) / count;
}

console.log('| query | ours, µs CPU a record | jq 1.6 process (parses too) | ratio |');
console.log('|---|---|---|---|');
for (const [name, program] of Object.entries(programs)) {
  const run = compileJq(program);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(
      cpuMicros(() => {
        for (const record of records) run(record);
      }),
    );
    theirs.push(jqMicros(program));
  }
  const [mine, other] = [median(ours), median(theirs)];
  console.log(`| ${name} | ${mine.toFixed(2)} | ${other.toFixed(1)} | ${(other / mine).toFixed(0)}x |`);
}
