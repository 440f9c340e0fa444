export { inventoryMapping, mappings, workshopMapping } from './mappings.js';
export { normalizeEvent, type EventDraft, type EventMapping } from './normalize-event.js';
export { createRecordReader } from './read-record.js';
export { toInventoryEvent, type TransformResult } from './to-inventory-event.js';
export { toUtcIso } from './utc-time.js';
