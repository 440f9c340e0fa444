import { basename } from 'node:path';
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
  sealed: boolean;
}

/** A buffer as a checkpoint writes it. */
export interface SavedBuffer extends BufferState {
  /** Names in the staging folder, not paths: a copied data folder must never touch the files of its original. */
  readonly parts: readonly StagedPart[];
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

  constructor(state: BufferState, staging: StagingFile) {
    this.state = state;
    this.staging = staging;
  }

  /** What a checkpoint keeps of it. */
  save(): SavedBuffer {
    const parts = this.staging.parts().map(({ path, bytes }) => ({ path: basename(path), bytes }));
    return { ...this.state, parts };
  }
}
