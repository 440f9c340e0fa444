import type { FileHandle } from 'node:fs/promises';

/** An object of the lake. */
export interface LakeObject {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: number;
  /** What it was put with; absent where nobody recorded it. */
  readonly facts?: ObjectFacts;
}

/** How an object is placed in the lake. */
export interface PlaceOptions {
  /** What is recorded of it besides its bytes. @defaultValue nothing */
  readonly facts?: ObjectFacts;
  /** Called with the current object, while no other call changes it; if it throws, nothing is changed. */
  readonly check?: (current: LakeObject | undefined) => void;
  /** The multipart upload that the object completes. @defaultValue none */
  readonly ends?: string;
  /**
   * The draft lies where the next start looks for it: the object is there as soon as its record is.
   * @defaultValue false: whoever made the draft makes it again after a crash
   */
  readonly isKept?: boolean;
}

/** An object that is open for reading; its bytes do not change when it is replaced or deleted. */
export interface OpenObject {
  readonly object: LakeObject;
  readonly file: FileHandle;
}

/** What is recorded of an object besides its bytes. */
export interface ObjectFacts {
  /** Entity tag without quotes: MD5 of the bytes, or of the parts' MD5s with their number. */
  readonly etag?: string;
  /** Headers that a GET of the object returns, by name in lower case: type, encoding, `x-amz-meta-…`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly checksum?: ObjectChecksum;
  /** Size of each part in bytes, where it was a multipart upload. */
  readonly partSizes?: readonly number[];
  /** Checksum of each part, where it was a multipart upload with checksums of parts. */
  readonly partChecksums?: readonly string[];
  /** The multipart upload that made it. */
  readonly uploadId?: string;
  /** Tags that it was made with. */
  readonly tags?: readonly Tag[];
}

/** A tag of an object or a bucket. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** S3's checksum algorithms. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';

/** Whether a checksum covers all bytes, or the checksums of the parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** The checksum of an object or a part. */
export interface ObjectChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; followed by `-N` where it is composed of N parts. */
  readonly value: string;
  readonly type: ChecksumType;
}
