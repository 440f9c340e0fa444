/** What a handler tells about its work. Fields are counts, ids and codes: never payloads. */
export interface Telemetry {
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields: Readonly<Record<string, unknown>>): void;
  /** Adds to a metric of this invocation. */
  count(metric: MetricName, value: number): void;
  /** How long something took, in milliseconds. */
  duration(metric: DurationName, ms: number): void;
}

/** Metrics that count. */
export type MetricName =
  | 'EventsAccepted'
  | 'EventsFailed'
  | 'EventsRejected'
  | 'RecordsRetried'
  | 'BytesSent'
  | 'BilledBytes'
  | 'DeadlineStops'
  | 'LowStockEpisodes'
  | 'RequestsSent'
  | 'RequestsDispatched'
  | 'RequestsFailed'
  | 'AthenaBytesScanned';

/** Metrics that measure time. */
export type DurationName = 'FlushMs' | 'QueryMs';
