import { bytesPerGb, prices, quotas } from './figures.js';

/** What a run puts on the meters. */
export interface Load {
  readonly events: number;
  /** Bytes of the events as JSON. */
  readonly eventBytes: number;
  /** Bytes of the records that they are sent in, each rounded up to 5 KB. */
  readonly billedBytes: number;
  /** Seconds that sending takes. */
  readonly seconds: number;
  /** Hours in which the events happened: partitions of the table. */
  readonly eventHours: number;
  readonly shelves: number;
  /** Episodes of low stock that ask for a truck. */
  readonly requests: number;
  /** Delivery streams. */
  readonly streams: number;
  /** Invocations of `generate` at the same time. More than one, or one that needs several calls, is the state machine's. */
  readonly shards: number;
}

/** One meter of a bill. */
export interface BillLine {
  readonly meter: string;
  readonly quantity: number;
  readonly unit: string;
  readonly dollars: number;
}

/** What this stack does with a run, measured or read from its sources; each says where. */
export const assumed = {
  /** Parquet of one event, on the high side: DuckDB writes 21 to 31 with Snappy, and Firehose's own writer was not measured. */
  parquetBytes: 52,
  /** What the planner's query reads of one event: `npm run bench -- restock/stock-now`, 197 MiB of 10 M events. */
  scannedBytes: 21,
  /** A row of `stock_now` as a file: the same bench, 2.9 MiB of 100,000 shelves. */
  stateBytes: 31,
  /** Hours that the full scan looks back, and that an increment reads: LOOK_BACK_HOURS, and one more than `lateHours`. */
  lookBackHours: 168,
  incrementHours: 4,
  /** Seconds that one call of `generate` sends: the timeout of 300, less its margin. */
  secondsPerCall: 290,
  /** States of a shard for each call: Generate, Is the shard done?, and Continue or Done. */
  statesPerCall: 3,
  /** MB of memory of a function. */
  memoryMb: 1769,
  /** Seconds after which and bytes at which Firehose closes an object, as the permanent stage has it. */
  bufferSeconds: 300,
  bufferBytes: 134_217_728,
  /** AWS's own example of dynamic partitioning: 70 hours of jq for 741.58 GB (remembered). */
  jqHoursPerGb: 0.0944,
  /** Writes of a request's life with those of its index: asked, sent, taken, acknowledged, on the way, delivered, told twice. */
  writesPerRequest: 19,
  /** The planner reads an episode twice while it is in its window, and a truck's two calls read it once each. */
  readsPerRequest: 4,
  /** SendMessageBatch, ReceiveMessage and DeleteMessageBatch, each of ten messages. */
  queueCallsPerTen: 3,
  /** Bytes of the log lines of one invocation. */
  logBytes: 2000,
  /** Metrics that the functions write. */
  metrics: 20,
  /** Alarms of the stack, and those of each ten delivery streams, each of as many metrics as there are streams. */
  alarms: 8,
  alarmsPerStream: 5,
  /** Receives a month of one idle queue: Lambda polls with five readers, 20 seconds each. */
  pollsPerMonth: 648_000,
} as const;

/** Times that `generate` is called: each shard continues until it is done. */
export function callsOf({ shards, seconds }: Pick<Load, 'shards' | 'seconds'>): number {
  return shards * Math.max(1, Math.ceil(seconds / assumed.secondsPerCall));
}

/** State transitions of the fan-out; none where one call does it all. */
export function transitionsOf(load: Pick<Load, 'shards' | 'seconds'>): number {
  const calls = callsOf(load);
  // Two of the machine itself: it numbers the shards, and maps them.
  return calls === 1 ? 0 : calls * assumed.statesPerCall + 2;
}

/** Objects that the streams deliver: one for each hour of events, each buffer's time, or each buffer's bytes. */
export function objectsOf({
  streams,
  eventHours,
  seconds,
  eventBytes,
}: Pick<Load, 'streams' | 'eventHours' | 'seconds' | 'eventBytes'>): number {
  return Math.max(
    streams * eventHours,
    streams * Math.ceil(seconds / assumed.bufferSeconds),
    Math.ceil(eventBytes / assumed.bufferBytes),
  );
}

/**
 * Bytes that Athena reads where the planner runs after each hour of events: the whole of its look-back each time, or what
 * is new and the table of current stock.
 */
export function planBytes(load: Pick<Load, 'events' | 'eventHours' | 'shelves'>): {
  readonly full: number;
  readonly incremental: number;
} {
  const { events, eventHours, shelves } = load;
  if (eventHours === 0) return { full: 0, incremental: 0 };
  const hourBytes = (events / eventHours) * assumed.scannedBytes;
  const least = 10_000_000;
  let [full, incremental] = [0, 0];
  for (let hour = 1; hour <= eventHours; hour++) {
    full += Math.max(least, Math.min(hour, assumed.lookBackHours) * hourBytes);
    const fresh = Math.min(hour, assumed.incrementHours) * hourBytes + shelves * assumed.stateBytes;
    // The merge, and the list of what is low.
    incremental += Math.max(least, fresh) + Math.max(least, shelves * assumed.stateBytes);
  }
  return { full, incremental };
}

/** Dollars of Athena for this many bytes. */
export const scanDollars = (bytes: number): number => (bytes / bytesPerGb / 1024) * prices.athenaScan.value;

/**
 * Returns every meter that a run moves, with the planner's full scan after each hour of events.
 *
 * @param ingestUsd - the region's price of a GB ingested; the others are those of us-east-1
 */
export function billOf(load: Load, ingestUsd: number = prices.firehoseIngest.value): readonly BillLine[] {
  const line = (meter: string, quantity: number, unit: string, usd: number): BillLine => ({
    meter,
    quantity,
    unit,
    dollars: quantity * usd,
  });
  const billedGb = load.billedBytes / bytesPerGb;
  const eventGb = load.eventBytes / bytesPerGb;
  const objects = objectsOf(load);
  const calls = callsOf(load);
  const batches = Math.ceil(load.requests / 10);
  const invocations = calls + batches + load.eventHours;
  const gbSeconds = load.shards * load.seconds * (assumed.memoryMb / 1024);
  return [
    line('Firehose, ingestion', billedGb, 'GB', ingestUsd),
    line('Firehose, conversion to Parquet', billedGb, 'GB', prices.firehoseConversion.value),
    line('Firehose, partitioning', eventGb, 'GB', prices.partitionedGb.value),
    line('Firehose, partitioned objects', objects, 'objects', prices.partitionedObject.value),
    line('Firehose, jq', eventGb * assumed.jqHoursPerGb, 'hours', prices.jqHour.value),
    line('S3, writes', objects, 'objects', prices.s3Put.value),
    line(
      'S3, a month of storage',
      (load.events * assumed.parquetBytes) / bytesPerGb,
      'GB',
      prices.s3Month.value,
    ),
    line('Lambda, generate', gbSeconds, 'GB-s', prices.lambdaGbSecond.value),
    line('Lambda, invocations', invocations, 'calls', prices.lambdaCall.value),
    line('Step Functions', transitionsOf(load), 'transitions', prices.transition.value),
    line(
      'Athena, planner each hour',
      planBytes(load).full / bytesPerGb / 1024,
      'TB',
      prices.athenaScan.value,
    ),
    line('SQS, restock requests', batches * assumed.queueCallsPerTen, 'calls', prices.sqsFifo.value),
    line('DynamoDB, writes', load.requests * assumed.writesPerRequest, 'writes', prices.dynamoWrite.value),
    line('DynamoDB, reads', load.requests * assumed.readsPerRequest, 'reads', prices.dynamoRead.value),
    line('EventBridge', load.requests, 'events', prices.busEvent.value),
    line('CloudWatch, logs', (invocations * assumed.logBytes) / bytesPerGb, 'GB', prices.logGb.value),
  ];
}

/** Sum of a bill. */
export const dollarsOf = (lines: readonly BillLine[]): number =>
  lines.reduce((sum, { dollars }) => sum + dollars, 0);

/** What a stack costs a month that does nothing: alarms, dashboard, metrics, and queues that are polled. */
export function idleMonthOf(streams: number): readonly BillLine[] {
  const { alarms, alarmsPerStream, metrics, pollsPerMonth } = assumed;
  const watched = alarms + alarmsPerStream * streams;
  return [
    {
      meter: 'CloudWatch, alarms',
      quantity: watched,
      unit: 'metrics',
      dollars: watched * prices.alarmMonth.value,
    },
    { meter: 'CloudWatch, dashboard', quantity: 1, unit: 'page', dollars: prices.dashboardMonth.value },
    {
      meter: 'CloudWatch, metrics',
      quantity: metrics,
      unit: 'metrics',
      dollars: metrics * prices.metricMonth.value,
    },
    {
      meter: 'SQS, polling',
      quantity: 2 * pollsPerMonth,
      unit: 'calls',
      dollars: pollsPerMonth * (prices.sqsFifo.value + prices.sqsStandard.value),
    },
  ];
}

/** Delivery streams that this many bytes a second need, at a quota of this many bytes a second each. */
export const streamsFor = (bytesPerSecond: number, quota: number = quotas.streamBytes.value): number =>
  Math.max(1, Math.ceil(bytesPerSecond / quota));
