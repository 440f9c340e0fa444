export type { InventoryEvent, InventoryEventType, StoreLocation } from './inventory-event.js';
export type { RestockRequest } from './restock-request.js';
export type { WorkshopEvent } from './workshop-event.js';
export { eventDayPartitioning, eventHourPartitioning, partitionByTime } from './event-partitioning.js';
export type { EventPartitioning, TimePartitioningOptions } from './event-partitioning.js';
export { inventoryEventColumns, inventoryEventSchema } from './inventory-event.schema.generated.js';
export { restockRequestColumns, restockRequestSchema } from './restock-request.schema.generated.js';
export { workshopEventColumns, workshopEventSchema } from './workshop-event.schema.generated.js';
export {
  inventoryEventStandardSchema,
  isInventoryEvent,
  parseInventoryEvent,
  validateInventoryEvent,
} from './inventory-event.validator.generated.js';
export { inventoryEventEncoder } from './inventory-event.encoder.generated.js';
export { inventoryEventColumnEncoder } from './inventory-event.column-encoder.generated.js';
export type {
  InventoryEventColumns,
  InventoryEventDictionaries,
} from './inventory-event.column-encoder.generated.js';
export {
  restockRequestStandardSchema,
  isRestockRequest,
  parseRestockRequest,
  validateRestockRequest,
} from './restock-request.validator.generated.js';
export { restockRequestEncoder } from './restock-request.encoder.generated.js';
export {
  workshopEventStandardSchema,
  isWorkshopEvent,
  parseWorkshopEvent,
  validateWorkshopEvent,
} from './workshop-event.validator.generated.js';
export { workshopEventEncoder } from './workshop-event.encoder.generated.js';
export { workshopEventColumnEncoder } from './workshop-event.column-encoder.generated.js';
export type {
  WorkshopEventColumns,
  WorkshopEventDictionaries,
} from './workshop-event.column-encoder.generated.js';
export { inventoryEventJsonSchema } from './inventory-event.json-schema.generated.js';
export { restockRequestJsonSchema } from './restock-request.json-schema.generated.js';
export { workshopEventJsonSchema } from './workshop-event.json-schema.generated.js';
// What the signatures above name.
export type { GlueColumn } from '@store/glue-schema';
export type {
  ColumnEncoder,
  ParseIssue,
  ParseResult,
  RowBuffer,
  RowEnding,
} from '@store/glue-schema/runtime';
