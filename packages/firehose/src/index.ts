export { createFirehoseProducer } from './producer-core.js';
export { type AbortReport, type FirehoseProducer, type FlushReport, type Receipt } from './producer.js';
export {
  firehoseDefaults,
  type FlushOptions,
  type MemoryOptions,
  type PackingOptions,
  type PipeOptions,
  type ProducerBatchOptions,
  type ProducerOptions,
  type RateOptions,
  type RetryOptions,
  type SpoolOptions,
  type TimeoutOptions,
} from './options.js';
export { type ProducerStats } from './stats.js';
export { jsonEncoder, type EventEncoder } from './encoder.js';
export { firehoseLimits, regionQuota, regionQuotas, type StreamQuota } from './limits.js';
export {
  acceptAll,
  inProcessTransport,
  type BatchAnswer,
  type BatchHandler,
  type BatchRequest,
  type Transport,
  type TransportTarget,
} from './transport/transport.js';
export { sdkTransport, type SdkTransportOptions } from './transport/sdk-transport.js';
export {
  FirehoseError,
  type FirehoseErrorCode,
  type FirehoseErrorDetails,
  type FirehoseErrorOptions,
  type Undelivered,
} from './errors.js';
export { billedBytes, estimateIngest, ingestCostUsd, ingestPrices, type IngestEstimate } from './cost.js';
export { withProducer, type RemainingTime, type WithProducerOptions } from './lambda.js';
export {
  firehoseChannels,
  type BatchMessage,
  type BlockedMessage,
  type FailedMessage,
} from './telemetry/telemetry.js';
export { type Attributes, type InstrumentOptions, type MeterLike } from './telemetry/meter.js';
