import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import type { Telemetry } from './telemetry.js';

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
