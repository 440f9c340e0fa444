export type { InventoryEvent, InventoryEventType, StoreLocation } from './inventory-event.js';
export type { RestockRequest } from './restock-request.js';
export type { WorkshopEvent } from './workshop-event.js';
export { eventDayPartitioning, eventHourPartitioning } from './event-partitioning.js';
export type { EventPartitioning } from './event-partitioning.js';
export { inventoryEventColumns, inventoryEventSchema } from './inventory-event.schema.generated.js';
export { restockRequestColumns, restockRequestSchema } from './restock-request.schema.generated.js';
export { workshopEventColumns, workshopEventSchema } from './workshop-event.schema.generated.js';
