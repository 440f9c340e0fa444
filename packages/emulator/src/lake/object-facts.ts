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
