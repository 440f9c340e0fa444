export { inventoryMapping, mappings, workshopMapping } from './mappings.js';
export { normalizeEvent, type EventDraft, type EventMapping } from './normalize-event.js';
export { createRecordReader, toInventoryEvent, type TransformResult } from './to-inventory-event.js';
export { toUtcIso } from './utc-time.js';
