import type { EventMapping } from '../event-draft.js';

/** Records that have the event's own names. */
export const inventoryMapping: EventMapping = {
  name: 'inventory',
  matches: () => true,
  toEvent: (record) => record,
};
