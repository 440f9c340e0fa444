import { estimateIngest } from '@store/firehose';
import {
  billOf,
  callsOf,
  dollarsOf,
  assumed,
  idleMonthOf,
  planBytes,
  scanDollars,
  streamsFor,
  transitionsOf,
  type Load,
} from '../src/estimate/bill.js';
import { bytesPerGb, prices, quotas, type Figure } from '../src/estimate/figures.js';
import { formatBytes, formatCount, formatDollars } from '../src/output/format.js';

/** An hour of a million events a second, of two million shelves. */
const rate = 1_000_000;
const seconds = 3600;
const bytesPerEvent = 460;
const shelves = 2_000_000;

const packed = estimateIngest(rate * seconds, bytesPerEvent);
const single = estimateIngest(rate * seconds, bytesPerEvent, 'single');
const streams = streamsFor(rate * bytesPerEvent);
const load: Load = {
  events: rate * seconds,
  eventBytes: packed.eventBytes,
  billedBytes: packed.billedBytes,
  seconds,
  eventHours: 1,
  shelves,
  // The state machine asks for no trucks.
  requests: 0,
  streams,
  shards: 4 * streams,
};

/** A run of nothing, to which requests are added. */
const idle: Load = {
  ...load,
  events: 0,
  eventBytes: 0,
  billedBytes: 0,
  seconds: 0,
  eventHours: 0,
  shelves: 0,
  shards: 1,
};
const perRequest = new Set(['SQS, restock requests', 'DynamoDB, writes', 'DynamoDB, reads', 'EventBridge']);

/** The tables of docs/scale.md by name, each with its lines as prettier would leave them. */
export function scaleTables(): ReadonlyMap<string, string> {
  return new Map([
    ['plan', table(['quantity', 'value', 'from'], planRows(), [1])],
    ['bill', table(['meter', 'quantity', '', 'dollars'], billRows(), [1, 3])],
    ['requests', table(['meter', 'quantity', '', 'dollars'], requestRows(), [1, 3])],
    [
      'planner',
      table(
        ['hours of such load', 'full scan', 'dollars', 'by stock_now', 'dollars'],
        plannerRows(),
        [0, 1, 2, 3, 4],
      ),
    ],
    ['idle', table(['meter', 'quantity', '', 'dollars a month'], idleRows(), [1, 3])],
    [
      'quotas',
      table(['quota', 'of', 'page', 'looked at', 'known'], Object.values(quotas).map(figureRow), [0]),
    ],
    [
      'prices',
      table(['dollars', 'a', 'page', 'looked at', 'known'], Object.values(prices).map(figureRow), [0]),
    ],
  ]);
}

/** The page with its tables written again: each is between `<!-- table NAME -->` and `<!-- /table -->`. */
export function withScaleTables(page: string): string {
  const tables = scaleTables();
  return page.replaceAll(/<!-- table (\w+) -->[^]*?<!-- \/table -->/g, (_, name: string) => {
    const made = tables.get(name);
    if (made === undefined) throw new Error(`Expected one of ${[...tables.keys()].join(', ')}, got ${name}.`);
    return `<!-- table ${name} -->\n\n${made}\n\n<!-- /table -->`;
  });
}

function planRows(): string[][] {
  const perSecond = (value: number): string => formatCount(Math.round(value / seconds));
  const { records } = packed;
  const recordBytes = packed.billedBytes / records;
  return [
    ['event, as JSON', `${bytesPerEvent} bytes`, '`store generate`, preset m5; your names decide'],
    ['bytes a second', formatBytes(rate * bytesPerEvent), `${bytesPerEvent} × ${formatCount(rate)}`],
    ['delivery streams', formatCount(streams), `${formatBytes(quotas.streamBytes.value)} a second each`],
    [
      'records a second',
      perSecond(records),
      `packed to ${formatBytes(recordBytes)}: at most ${quotas.packedEvents.value} events, closed on a step of 5 KiB`,
    ],
    ['calls a second', perSecond(packed.requests), `${formatBytes(quotas.callBytes.value)} each`],
    ['shards', formatCount(load.shards), 'four for each stream, so that a slow one costs little'],
    [
      'calls of generate',
      formatCount(callsOf(load)),
      `an hour in calls of ${assumed.secondsPerCall} s, for each shard`,
    ],
    [
      'state transitions',
      formatCount(transitionsOf(load)),
      `${assumed.statesPerCall} states a call, and 2 of the machine`,
    ],
    [
      'Lambda environments',
      formatCount(load.shards),
      `of ${formatCount(quotas.lambdaConcurrency.value)} that an account has`,
    ],
    ["a shard's share of its stream", '1/4', 'shard i writes to stream i mod S; its rate limit is its share'],
    [
      'partitions open at the same time',
      '1 to 2',
      `by event hour; a stream takes ${quotas.partitions.value}`,
    ],
    [
      'Parquet an hour',
      formatBytes(load.events * assumed.parquetBytes),
      `${assumed.parquetBytes} bytes an event, on the high side`,
    ],
  ];
}

function billRows(): string[][] {
  const bill = billOf(load);
  const unpacked = billOf({ ...load, billedBytes: single.billedBytes });
  return [
    ...bill
      .filter(({ quantity }) => quantity > 0)
      .map(({ meter, quantity, unit, dollars }) => [meter, amount(quantity), unit, formatDollars(dollars)]),
    ['together', '', '', formatDollars(dollarsOf(bill))],
    [
      'the same, one event a record',
      amount(single.billedBytes / bytesPerGb),
      'GB',
      formatDollars(dollarsOf(unpacked)),
    ],
  ];
}

function requestRows(): string[][] {
  const lines = billOf({ ...idle, requests: 1_000_000 }).filter(({ meter }) => perRequest.has(meter));
  return [
    ...lines.map(({ meter, quantity, unit, dollars }) => [
      meter,
      amount(quantity),
      unit,
      formatDollars(dollars),
    ]),
    ['together', '', '', formatDollars(dollarsOf(lines))],
  ];
}

function plannerRows(): string[][] {
  return [1, 24, 168].map((eventHours) => {
    const { full, incremental } = planBytes({ events: load.events * eventHours, eventHours, shelves });
    const bytes = (value: number): string => formatBytes(value);
    return [
      formatCount(eventHours),
      bytes(full),
      formatDollars(scanDollars(full)),
      bytes(incremental),
      formatDollars(scanDollars(incremental)),
    ];
  });
}

function idleRows(): string[][] {
  const rows = [1, streams].map((count) => ({ count, lines: idleMonthOf(count) }));
  return rows.flatMap(({ count, lines }) => [
    ...lines
      .filter((line) => count === 1 || line.meter === 'CloudWatch, alarms')
      .map(({ meter, quantity, unit, dollars }) => [
        count === 1 ? meter : `${meter}, of ${count} delivery streams`,
        amount(quantity),
        unit,
        formatDollars(dollars),
      ]),
    [
      count === 1 ? 'together' : `together, with ${count} delivery streams`,
      '',
      '',
      formatDollars(dollarsOf(lines)),
    ],
  ]);
}

function figureRow({ value, what, url, asOf, known }: Figure): string[] {
  const { hostname, pathname } = new URL(url);
  const page = pathname
    .split('/')
    .filter((part) => part !== '')
    .slice(-2)
    .join('/');
  const short = hostname === 'aws.amazon.com' ? page : (page.split('/').at(-1) ?? page);
  return [plain(value), what, `[${short}](${url})`, asOf, known];
}

/** A figure with all of its digits, small ones too. */
const plain = (value: number): string =>
  value >= 1000 ? formatCount(value) : value.toLocaleString('en-US', { maximumSignificantDigits: 8 });

const amount = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? formatCount(Math.round(value)) : value.toPrecision(2);

/** A table as prettier lays it out. */
function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string {
  const widths = titles.map((title, at) =>
    Math.max(3, title.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths
      .map((width, at) =>
        right.includes(at) ? (cells[at] ?? '').padStart(width) : (cells[at] ?? '').padEnd(width),
      )
      .join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (right.includes(at) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(titles), rule, ...rows.map(line)].join('\n');
}
