import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';

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
  | 'EventsWritten'
  | 'RecordsRetried'
  | 'BytesSent'
  | 'BilledBytes'
  | 'DeadlineStops'
  | 'LowStockEpisodes'
  | 'RequestsSent'
  | 'RequestsKnown'
  | 'RequestsDispatched'
  | 'RequestsFailed'
  | 'AthenaBytesScanned';

/** Metrics that measure time. */
export type DurationName = 'FlushMs' | 'QueryMs';

/** What a handler's core knows of the invocation it runs in. */
export interface Invocation {
  /** Milliseconds until Lambda stops the function. */
  remainingMs(): number;
  readonly telemetry: Telemetry;
}

/** Telemetry of one function: JSON logs and metrics in CloudWatch's embedded format, both on its log. */
export interface FunctionTelemetry {
  /** Runs one invocation: its request id is on every line, and its metrics go out whether it fails or not. */
  during<Result>(context: Context, run: (telemetry: Telemetry) => Promise<Result>): Promise<Result>;
}

/** Opens the telemetry of a function, once, at its start. */
export function openTelemetry(serviceName: string): FunctionTelemetry {
  const logger = new Logger({ serviceName });
  const metrics = new Metrics({ namespace: 'StoreInventory', serviceName });
  const telemetry: Telemetry = {
    info: (message, fields) => {
      logger.info(message, { ...fields });
    },
    warn: (message, fields) => {
      logger.warn(message, { ...fields });
    },
    count: (metric, value) => {
      metrics.addMetric(metric, metric.includes('Bytes') ? MetricUnit.Bytes : MetricUnit.Count, value);
    },
    duration: (metric, ms) => {
      metrics.addMetric(metric, MetricUnit.Milliseconds, ms);
    },
  };
  return {
    async during(context, run) {
      logger.addContext(context);
      metrics.captureColdStartMetric(context.functionName);
      try {
        return await run(telemetry);
      } catch (error) {
        logger.error('failed', error instanceof Error ? error : new Error(String(error)));
        throw error;
      } finally {
        if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
      }
    },
  };
}
