import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from '../wire/crc32c.js';
import type { ChecksumAlgorithm } from '../lake/lake-object.js';
import { crc64nvme } from './crc64nvme.js';

/** A checksum that is computed as bytes come. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  update(chunk: Uint8Array): void;
  /** The checksum of all bytes so far. */
  digest(): Buffer;
}

/** Names as S3's requests and answers write them. */
export const checksumAlgorithms: readonly ChecksumAlgorithm[] = [
  'CRC32',
  'CRC32C',
  'CRC64NVME',
  'SHA1',
  'SHA256',
];

/** Bytes of each checksum. */
const sizes: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

/** The header that a checksum is in. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** Whether a text is a checksum of that kind in base64. */
export function isChecksum(algorithm: ChecksumAlgorithm, text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === sizes[algorithm] && bytes.toString('base64') === text;
}

/** Begins a checksum. */
export function startChecksum(algorithm: ChecksumAlgorithm): Checksum {
  switch (algorithm) {
    case 'CRC32':
      return running(algorithm, crc32);
    case 'CRC32C':
      return running(algorithm, crc32c);
    case 'CRC64NVME': {
      const sum = crc64nvme();
      return {
        algorithm,
        update: (chunk) => {
          sum.update(chunk);
        },
        digest: () => sum.digest(),
      };
    }
    case 'SHA1':
    case 'SHA256': {
      const hash = createHash(algorithm.toLowerCase());
      return {
        algorithm,
        update: (chunk) => {
          hash.update(chunk);
        },
        digest: () => hash.copy().digest(),
      };
    }
  }
}

function running(
  algorithm: ChecksumAlgorithm,
  next: (chunk: Uint8Array, before: number) => number,
): Checksum {
  let sum = 0;
  return {
    algorithm,
    update(chunk) {
      sum = next(chunk, sum);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(sum >>> 0);
      return bytes;
    },
  };
}
