export { createWorld } from './world/create-world.js';
export type { EventBatchOptions, EventOptions, World } from './world/world.js';
export { checkWorldOptions } from './world/options.js';
export type { WorldOptions, WorldShard } from './world/options.js';
export { ownLimits, worldDefaults, worldLimits } from './world/defaults-and-limits.js';
export { presets, type PresetName, type WorldPreset } from './world/presets.js';
export type { WorldEstimate } from './world/estimate.js';
export type { DeliveryOrder, DeliveryReceipt } from './world/deliver.js';
export type {
  CalendarInput,
  DemandInput,
  ExtraColumn,
  ExtraOf,
  ExtraType,
  HolidayFactors,
  LocationInput,
  OpeningHours,
  OwnWorld,
  PolicyName,
  PriceByCurrency,
  ProductInput,
  PromotionInput,
  SeasonInput,
  SeriesInput,
  StoreInput,
  TextByLanguage,
  TimeZoneInput,
  WeekdayName,
  WorldFile,
} from './own/world-file.js';
export { readWorldFile } from './own/read-world-file.js';
export type { ExtraValue, ExtraValues } from './own/extra-values.js';
export type { ExtraContext } from './output/own-format.js';
export {
  policyLimits,
  type OpenOrder,
  type PlannedPromotion,
  type PolicyAnswer,
  type PolicyDay,
  type PolicyOrder,
  type PolicyProduct,
  type PolicyState,
  type ReplenishmentPolicy,
} from './policy/replenishment-policy.js';
export type { CostBound } from './score/cost-bound.js';
export { costDefaults, type Costs } from './score/costs.js';
export type { CategoryScore, Score, ScoreLine, ScoreUnits, StoreScore } from './score/score-record.js';
export { MODEL_VERSION } from './world/identity.js';
export { WorldError, type PolicyPlace, type WorldErrorCode } from './errors.js';
export type { WorldModel } from './model/world-model.js';
export type { Store } from './model/stores.js';
export type { Product } from './model/products.js';
export type { DaylightRule, TimeZone } from './model/time-zone.js';
export { economicOrderQuantity, newsvendorNormal, reorderPoint } from './model/replenishment.js';
export { chaosDefaults, type Chaos, type ChaosOptions } from './chaos/chaos-options.js';
export { EventBatch, eventTypes } from './output/event-batch.js';
export type { BatchEncoder, EventFormat, FormatWorld } from './output/event-format.js';
export type { OpeningShelf } from './output/opening-shelves.js';
export { dailyCsv, type DailySales } from './output/daily-series.js';
export type { LiveOptions } from './output/live.js';
export type { NdjsonOptions, NdjsonStreamOptions } from './output/ndjson.js';
export type { Truth, TruthTotals } from './truth/truth.js';
export type {
  DayTruth,
  FaultKind,
  FaultTruth,
  LossTruth,
  StockoutCause,
  TruthRecord,
} from './truth/truth-record.js';
