/**
 * What does it cost to read an event without losing anything, against JSON.parse alone? Same process, CPU time,
 * interleaved rounds, medians. Exits 1 where the usual event takes more than 3 times as long as JSON.parse, or one
 * with a long number more than 6 times.
 */
import { jsonDocuments } from '../src/index.js';

const EVENTS = 100_000;
const LINES = 400;
const event = (id: number, price: string): string =>
  `{"event_id":"e-${id}","event_type":"sale","event_time":"2026-01-05T08:30:00.${100 + (id % 900)}Z","sequence":${id},` +
  `"store_id":"S${id % 50}","store_name":"Store ${id % 50}","location":{"city":"Oslo","region":"Oslo","country":"NO",` +
  `"latitude":59.91,"longitude":10.75},"product_id":"P${id % 900}","product_name":"Oat milk","category":"Dairy",` +
  `"unit_price":${price},"quantity_delta":-${1 + (id % 9)},"current_stock":${10 + (id % 90)},"min_threshold":12,"is_low_stock":false}`;
const recordsOf = (price: string): readonly Buffer[] =>
  Array.from({ length: EVENTS / LINES }, (_, record) =>
    Buffer.from(
      Array.from({ length: LINES }, (_line, line) => `${event(record * LINES + line, price)}\n`).join(''),
    ),
  );
const usual = recordsOf('12.75');
const exact = recordsOf('1234567890123456.7891');

function parsed(records: readonly Buffer[]): number {
  let count = 0;
  for (const record of records) {
    for (let at = 0; at < record.length;) {
      const end = record.indexOf(0x0a, at);
      if (JSON.parse(record.toString('utf8', at, end)) !== null) count += 1;
      at = end + 1;
    }
  }
  return count;
}

function read(records: readonly Buffer[]): number {
  let count = 0;
  for (const record of records) {
    for (const { failure } of jsonDocuments(record, 0, record.length)) if (failure === undefined) count += 1;
  }
  return count;
}

const ways = {
  'JSON.parse of each line': () => parsed(usual),
  'jsonDocuments, usual events': () => read(usual),
  'jsonDocuments, events with a long number': () => read(exact),
};
type Way = keyof typeof ways;
const names: readonly Way[] = [
  'JSON.parse of each line',
  'jsonDocuments, usual events',
  'jsonDocuments, events with a long number',
];
const times: Record<Way, number[]> = {
  'JSON.parse of each line': [],
  'jsonDocuments, usual events': [],
  'jsonDocuments, events with a long number': [],
};
for (let round = 0; round < 7; round += 1) {
  for (const name of names) {
    const before = process.cpuUsage();
    if (ways[name]() !== EVENTS) throw new Error('Every event is JSON.');
    const { user, system } = process.cpuUsage(before);
    times[name].push((user + system) / EVENTS);
  }
}
const median = (name: Way): number => times[name].sort((a, b) => a - b)[3] ?? 0;
const [base, fast, slow] = [
  median('JSON.parse of each line'),
  median('jsonDocuments, usual events'),
  median('jsonDocuments, events with a long number'),
];
console.log('| way | µs of CPU an event | against JSON.parse |');
console.log('|---|---|---|');
for (const name of names)
  console.log(`| ${name} | ${median(name).toFixed(2)} | ${(median(name) / base).toFixed(1)} |`);
process.exit(fast / base > 3 || slow / base > 6 ? 1 : 0);
