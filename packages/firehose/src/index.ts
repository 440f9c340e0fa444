export {
  createFirehoseProducer,
  type AbortReport,
  type FirehoseProducer,
  type FlushOptions,
  type FlushReport,
  type UnsentRecord,
} from './producer.js';
export {
  PRODUCER_DEFAULTS,
  type BatchOptions,
  type MemoryOptions,
  type PackingOptions,
  type ProducerOptions,
  type RateOptions,
  type RetryOptions,
  type SpoolOptions,
  type TimeoutOptions,
} from './options.js';
export { type ProducerStats } from './stats.js';
export { type PipeOptions } from './pipe.js';
export { type Receipt } from './receipts.js';
export { type DeadLetter } from './dead-letter.js';
export { jsonEncoder, type EventEncoder } from './encoder.js';
export { systemClock, type Clock } from './clock.js';
export { FIREHOSE_LIMITS } from './limits.js';
export { REGION_QUOTAS, regionQuota, type StreamQuota } from './rate/region-quotas.js';
export {
  type BatchAnswer,
  type BatchRequest,
  type Transport,
  type TransportTarget,
} from './transport/transport.js';
export { sdkTransport, type SdkTransportOptions } from './transport/sdk-transport.js';
export { acceptAll, inProcessTransport, type BatchHandler } from './transport/in-process-transport.js';
export { DeliveryFailedError, MAX_KEPT_LETTERS } from './delivery-error.js';
export {
  AccessDeniedError,
  BufferFullError,
  ClosedError,
  CredentialsError,
  DeadlineExceededError,
  EncodeError,
  EventTooLargeError,
  FirehoseError,
  KmsError,
  OptionError,
  PoisonRecordError,
  ProtocolError,
  ServiceError,
  StreamNotFoundError,
  ThrottledError,
  TransportError,
  type FirehoseErrorCode,
  type FirehoseErrorOptions,
} from './errors.js';
export {
  DEFAULT_USD_PER_GB,
  INGEST_USD_PER_GB,
  billedBytes,
  estimateIngest,
  ingestCostUsd,
  type IngestEstimate,
} from './cost.js';
export {
  UndeliveredError,
  withProducer,
  type RemainingTime,
  type Undelivered,
  type WithProducerOptions,
} from './lambda.js';
export {
  CHANNELS,
  type BatchMessage,
  type BlockedMessage,
  type FailedMessage,
} from './telemetry/channels.js';
export { type Attributes, type InstrumentOptions, type MeterLike } from './telemetry/meter.js';
export {
  SpoolCorruptError,
  SpoolFullError,
  SpoolLockedError,
  SpoolUnreadableError,
} from './spool/spool-errors.js';
