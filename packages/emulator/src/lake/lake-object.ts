import type { FileHandle } from 'node:fs/promises';

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

/** What is known of an object besides its bytes. A delivered Parquet object has none of it. */
export interface ObjectFacts {
  /** Entity tag without quotes: MD5 of the bytes, or of the parts' MD5s with their number. */
  readonly etag?: string;
  /** Headers that the object answers with, by their names in small letters: its type, its encoding, `x-amz-meta-…`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly checksum?: ObjectChecksum;
  /** Bytes of each part that it was uploaded in. */
  readonly partSizes?: readonly number[];
  /** The upload that it was completed from. */
  readonly uploadId?: string;
}

/** Names of the checksums that S3 has. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';

/** Whether a checksum is that of all bytes, or of the parts' checksums. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** A checksum that an object or a part answers with. */
export interface ObjectChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; `-N` behind it where it is composed of N parts. */
  readonly value: string;
  readonly type: ChecksumType;
}
