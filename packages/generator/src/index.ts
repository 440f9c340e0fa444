export { createWorld, type InventoryOptions, type WorkshopOptions } from './world/create-world.js';
export type { BatchOptions, NdjsonOptions, World } from './world/world.js';
export { worldDefaults, type Shard, type WorldOptions } from './world/options.js';
export type { DeliveryOrder, DeliveryReceipt } from './world/deliver.js';
export { WorldError, type WorldErrorCode } from './errors.js';
export { presets, type WorldModel } from './model/world-model.js';
export { MODEL_VERSION } from './model/model-version.js';
export type { Store } from './model/stores.js';
export type { Product } from './model/products.js';
export type { DaylightRule, TimeZone } from './model/time-zone.js';
export { economicOrderQuantity, newsvendorNormal, reorderPoint } from './model/replenishment.js';
export { chaosDefaults, type Chaos, type ChaosOptions } from './chaos/chaos-options.js';
export { EventBatch, eventTypes } from './output/event-batch.js';
export type { LiveClock, LiveOptions } from './output/live.js';
export type { NdjsonStreamOptions } from './output/ndjson-stream.js';
export type { Truth, TruthTotals } from './truth/truth.js';
export type {
  DayTruth,
  FaultKind,
  FaultTruth,
  LossTruth,
  StockoutCause,
  TruthRecord,
} from './truth/truth-record.js';
