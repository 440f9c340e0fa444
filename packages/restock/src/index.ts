export {
  runAthenaQuery,
  type AthenaClient,
  type AthenaQueryOptions,
  type AthenaResult,
  type ExecutionAnswer,
  type ResultsAnswer,
} from './athena-query.js';
export {
  beginsEpisode,
  createLowStockDetector,
  detectLowStock,
  noticeEpisodes,
  type DetectOptions,
  type EarlyRequests,
  type LowStockDetector,
  type StockChange,
} from './detect-low-stock.js';
export { RestockError, type RestockErrorCode, type RestockErrorFacts } from './errors.js';
export { createMemoryLedger, type RestockLedger } from './ledger.js';
export { lowStockQuery, type LowStockQueryOptions } from './low-stock-query.js';
export { restockDefaults, type EpisodeOptions, type QuantityOptions } from './options.js';
export { orderQuantity, type StockPosition } from './order-quantity.js';
export { planDeliveries, type DeliveryOptions, type TruckItem, type TruckLoad } from './plan-deliveries.js';
export { planRestock, type PlanOptions, type RestockPlan, type RunQuery } from './plan-restock.js';
export {
  readRequestMessage,
  sendRequests,
  toRequestMessage,
  type RequestMessage,
} from './request-message.js';
export {
  requestFor,
  requestId,
  toRestockRequest,
  type EpisodeKey,
  type QueryRow,
} from './restock-request.js';
export {
  sendMessages,
  sqsLimits,
  type BatchEntry,
  type FailedEntry,
  type QueueMessage,
  type SendOptions,
  type SendOutcome,
  type SqsClient,
} from './send-messages.js';
export type { RestockRequest } from '@store/schema';
