import type { EventMapping } from '../event-draft.js';
import { inventoryMapping } from './inventory.js';
import { workshopMapping } from './workshop.js';

/** The sources that `ingest` knows, the special ones first. Add yours before the last. */
export const mappings: readonly EventMapping[] = [workshopMapping, inventoryMapping];
