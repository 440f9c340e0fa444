import type { SavedBuffer } from './delivery-buffer.js';
import type { SchemaSnapshot } from '../lake/schema-snapshot.js';

/** Where a stream stood at the start of a log segment; what came later is replayed from the log. */
export interface Checkpoint {
  readonly segment: number;
  readonly nextBufferId: number;
  readonly nextSequence: number;
  readonly buffers: readonly SavedBuffer[];
  /** Schemas that buffers refer to by number, and the current one, which is the last. */
  readonly schemas: readonly SavedSchema[];
}

/** A schema and its number. */
export interface SavedSchema {
  readonly id: number;
  readonly snapshot: SchemaSnapshot;
}

/** Where a new stream stands. */
export const emptyCheckpoint: Checkpoint = {
  segment: 1,
  nextBufferId: 1,
  nextSequence: 0,
  buffers: [],
  schemas: [],
};
