import { basename } from 'node:path';
import type { Clock } from '@store/foundation';
import type { SchemaSnapshot } from '../lake/table-catalog.js';
import type { FailureKind } from '../failure-kind.js';
import type { DeliveryPlan } from './delivery-plan.js';
import type { StagedPart, StagingFile } from './staging-file.js';

/** What a buffer collects. */
export type BufferKind = 'data' | 'error' | 'lambda';

/** The part of a buffer that a checkpoint keeps. */
export interface BufferState {
  /** Place of the buffer among all of its stream; never used twice. */
  readonly id: number;
  readonly kind: BufferKind;
  /** Tells which records go here. */
  readonly key: string;
  /** Full key of the object in its bucket. */
  readonly objectKey: string;
  readonly bucket: string;
  /** Number of the schema that its records were converted by. */
  readonly schemaId?: number;
  readonly openedAt: number;
  bytes: number;
  records: number;
  /** Bytes of the longest staged line; absent in checkpoints of before it was counted. */
  longestLineBytes?: number;
  /** A staged line may hold a negative zero. */
  hasNegativeZero?: boolean;
  sealed: boolean;
}

/** A buffer as a checkpoint writes it. */
export interface SavedBuffer extends BufferState {
  /** Names in the staging folder, not paths: a copied data folder must never touch the files of its original. */
  readonly parts: readonly StagedPart[];
}

/** Where a buffer goes: as its stream says, or, once that failed, where it is kept with the reason. */
export type DeliveryWay = 'usual' | 'error-output' | 'quarantine';

/** What the last try to deliver a buffer failed with. */
export interface DeliveryFailure {
  readonly kind: FailureKind;
  readonly code: string;
  readonly reason: string;
  /** When the first try on this way failed, by the stream's clock. */
  readonly since: number;
  /** Tries on this way. */
  readonly tries: number;
  /** Nothing more is tried before the next start. */
  readonly isFinal: boolean;
}

/** Records on their way into one object. */
export class DeliveryBuffer {
  readonly state: BufferState;
  readonly staging: StagingFile;
  /** Calls the interval's timer off. */
  cancelTimer: (() => void) | undefined;
  /** When its last record arrived; only known since the stream was opened. */
  lastRecordAt = 0;
  /** A seal is on its way to the log. */
  sealing = false;
  way: DeliveryWay = 'usual';
  failure: DeliveryFailure | undefined;

  constructor(state: BufferState, staging: StagingFile) {
    this.state = state;
    this.staging = staging;
  }

  /** What a checkpoint keeps of it. */
  save(): SavedBuffer {
    const parts = this.staging.parts().map((part) => ({ ...part, path: basename(part.path) }));
    return { ...this.state, parts };
  }
}

/** A buffer under conversion that holds this part of a block, and got nothing for so long, is full. */
const LEAST_PART_LEFT_BEHIND = 16;
const LEFT_BEHIND_MS = 1000;

/**
 * True when a buffer is to be delivered without waiting for its interval: it has its size, or the records have left
 * it behind. Events that come in the order of their hours leave the last block of each hour, and all of those together
 * are what a flush would have to convert (bench/end-to-end.bench.ts of apps/cli): they go out while others come in.
 */
export function isFull({ state, lastRecordAt }: DeliveryBuffer, plan: DeliveryPlan, clock: Clock): boolean {
  if (state.kind === 'lambda') return state.bytes >= (plan.lambda?.bufferBytes ?? 0);
  if (state.bytes >= plan.bufferBytes) return true;
  return (
    plan.conversion !== undefined &&
    state.kind === 'data' &&
    state.bytes >= plan.bufferBytes / LEAST_PART_LEFT_BEHIND &&
    clock.wallNow() - lastRecordAt >= LEFT_BEHIND_MS
  );
}

/** Where a stream was at the start of a log segment; what came later is replayed from the log. */
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
