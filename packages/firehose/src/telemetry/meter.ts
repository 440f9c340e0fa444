import type { Ledger } from '../stats.js';

/** The part of an OpenTelemetry `Meter` that is used: pass `metrics.getMeter('…')`, or anything of this shape. */
export interface MeterLike {
  /** Returns a counter: `add` raises it. */
  createCounter(
    name: string,
    options?: InstrumentOptions,
  ): { add(value: number, attributes?: Attributes): void };
  /** Returns a histogram: `record` adds one measurement. */
  createHistogram(
    name: string,
    options?: InstrumentOptions,
  ): { record(value: number, attributes?: Attributes): void };
}

/** As in OpenTelemetry. */
export interface InstrumentOptions {
  /** A sentence for the reader of the metric. @defaultValue none */
  readonly description?: string;
  /** Unit in UCUM notation: `By`, `ms`, `{record}`. @defaultValue none */
  readonly unit?: string;
}

/** As in OpenTelemetry. */
export type Attributes = Record<string, string>;

const COUNTERS: readonly (readonly [keyof Ledger, string, string, string])[] = [
  ['delivered', 'firehose.producer.events.delivered', '{event}', 'Events that the stream has taken'],
  ['failed', 'firehose.producer.events.failed', '{event}', 'Events that failed'],
  ['ambiguous', 'firehose.producer.events.ambiguous', '{event}', 'Event sendings with an unknown outcome'],
  ['requests', 'firehose.producer.requests', '{request}', 'PutRecordBatch calls'],
  [
    'deliveredRecords',
    'firehose.producer.records.delivered',
    '{record}',
    'Records that the stream has taken',
  ],
  ['retriedRecords', 'firehose.producer.records.retried', '{record}', 'Records sent again'],
  [
    'throttledRecords',
    'firehose.producer.records.throttled',
    '{record}',
    'Records refused for going too fast',
  ],
  ['deliveredBytes', 'firehose.producer.bytes.delivered', 'By', 'Bytes of delivered records'],
  ['billedBytes', 'firehose.producer.bytes.billed', 'By', 'The same, as billed'],
];

/** Feeds a meter from the ledger after each call; does nothing without a meter. */
export function meterLedger(
  meter: MeterLike | undefined,
  deliveryStreamName: string,
  ledger: Ledger,
): (durationMs: number) => void {
  if (meter === undefined) return () => undefined;
  const attributes: Attributes = { 'aws.firehose.delivery_stream': deliveryStreamName };
  const counters = COUNTERS.map(([key, name, unit, description]) => ({
    key,
    counter: meter.createCounter(name, { unit, description }),
    told: 0,
  }));
  const duration = meter.createHistogram('firehose.producer.request.duration', {
    unit: 's',
    description: 'Time from sending a batch to its answer',
  });
  return (durationMs) => {
    duration.record(durationMs / 1000, attributes);
    for (const entry of counters) {
      const risen = ledger[entry.key] - entry.told;
      if (risen > 0) entry.counter.add(risen, attributes);
      entry.told += risen;
    }
  };
}
