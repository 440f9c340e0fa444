export type { InventoryEvent, InventoryEventType, StoreLocation } from './inventory-event.js';
export type { RestockRequest } from './restock-request.js';
export type { WorkshopEvent } from './workshop-event.js';
export { eventDayPartitioning, eventHourPartitioning } from './event-partitioning.js';
export type { EventPartitioning } from './event-partitioning.js';
