export {
  runAthenaQuery,
  type AthenaClient,
  type AthenaQueryOptions,
  type AthenaResult,
  type ExecutionAnswer,
  type ResultsAnswer,
} from './athena-query.js';
export { askForTrucks, type AskOptions, type AskOutcome } from './ask-for-trucks.js';
export { createLedger, type LedgerOptions, type LedgerStore } from './create-ledger.js';
export {
  createLowStockDetector,
  detectLowStock,
  type DetectOptions,
  type LowStockDetector,
} from './detect-low-stock.js';
export { RestockError, type RestockErrorCode, type RestockErrorFacts } from './errors.js';
export {
  attemptKey,
  readAttemptKey,
  type LedgerEntry,
  type OpenOptions,
  type OwedEvent,
  type RestockLedger,
  type RestockState,
  type TruckTurn,
} from './ledger.js';
export { createMemoryLedger } from './memory-ledger.js';
export { owedEvent } from './owed-event.js';
export { writeOwedEvents, type WriteOwedOptions } from './write-owed-events.js';
export { beginsEpisode, noticeEpisodes, type EarlyRequests, type StockChange } from './notice-episodes.js';
export { lowStockQuery, type LowStockQueryOptions } from './low-stock-query.js';
export { restockDefaults, type EpisodeOptions, type QuantityOptions } from './options.js';
export { orderQuantity, type StockPosition } from './order-quantity.js';
export {
  loadLimits,
  type DeliveryOptions,
  type DeliveryWindow,
  type TruckCapacity,
} from './loads/delivery-options.js';
export type {
  DeliveryPlan,
  DeliveryRequest,
  ShortItem,
  TruckItem,
  TruckLoad,
  TruckStop,
} from './loads/truck-load.js';
export { planDeliveries } from './plan-deliveries.js';
export { planRestock, type PlanOptions, type RestockPlan, type RunQuery } from './plan-restock.js';
export {
  readRequestMessage,
  sendRequests,
  toRequestMessage,
  type RequestMessage,
} from './request-message.js';
export {
  queueId,
  requestFor,
  requestId,
  toRestockRequest,
  type EpisodeKey,
  type QueryRow,
} from './restock-request.js';
export {
  queueJson,
  sendMessages,
  sqsLimits,
  type BatchEntry,
  type FailedEntry,
  type QueueMessage,
  type SendOptions,
  type SendOutcome,
  type SqsClient,
} from './send-messages.js';
export { refreshStockNow, type RefreshOptions, type StockNowRefresh } from './stock-now/refresh-stock-now.js';
export { stockNowLowQuery, type StockNowLowQueryOptions } from './stock-now/stock-now-low-query.js';
export {
  stockNowDefaults,
  type StockNowMergeOptions,
  type StockNowOptions,
} from './stock-now/stock-now-options.js';
export {
  stockNowMerge,
  stockNowQuery,
  stockNowRebuild,
  stockNowRewrite,
  stockNowTable,
  type StockNowTableOptions,
} from './stock-now/stock-now-sql.js';
export {
  stockNowStatus,
  type StockNowStatus,
  type StockNowStatusOptions,
} from './stock-now/stock-now-status.js';
export type { RestockRequest } from '@store/schema';
