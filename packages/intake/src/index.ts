export type { EventDraft, EventMapping } from './event-draft.js';
export { mappings } from './mappings/index.js';
export { normalizeEvent } from './normalize-event.js';
export { toInventoryEvent, type TransformResult } from './to-inventory-event.js';
export { toUtcIso } from './utc-time.js';
