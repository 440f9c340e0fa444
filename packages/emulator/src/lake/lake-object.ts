import type { FileHandle } from 'node:fs/promises';
import type { ObjectFacts } from './object-facts.js';

/** An object of the lake. */
export interface LakeObject {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: number;
  /** What is known of it besides, where it was put through S3 or delivered compressed. */
  readonly facts?: ObjectFacts;
}

/** How an object gets its place. */
export interface PlaceOptions {
  /** What is kept of it besides its bytes. @defaultValue nothing */
  readonly facts?: ObjectFacts;
  /** Sees the object that is there, when the place is this one's alone; what it throws keeps everything as it was. */
  readonly check?: (current: LakeObject | undefined) => void;
  /** The upload that the object completes. @defaultValue none */
  readonly ends?: string;
}

/** An object that is open for reading: its bytes stay as they are, whatever becomes of the object. */
export interface OpenObject {
  readonly object: LakeObject;
  readonly file: FileHandle;
}
