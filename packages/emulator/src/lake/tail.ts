import type { SchemaSnapshot } from './schema-snapshot.js';

/** A buffer that a query reads: acknowledged, converted, and not in the lake yet. */
export interface TailBuffer {
  readonly bucket: string;
  readonly objectKey: string;
  readonly paths: readonly string[];
  readonly schema: SchemaSnapshot;
  /** Bytes of the longest line in the files, where it is known. */
  readonly longestLineBytes: number | undefined;
}

/**
 * What is acknowledged and not in the lake, at one instant. Objects of these buffers that appear in the lake
 * while the query is prepared are left out of it, so that no row is seen twice.
 */
export interface Tail {
  readonly buffers: readonly TailBuffer[];
  /** `bucket/key` of every buffer's object. */
  readonly objectKeys: ReadonlySet<string>;
  /** Gives the staging files back. */
  release(): Promise<void>;
}

/** Where a query gets the tail from. */
export type TailSource = () => Tail;
