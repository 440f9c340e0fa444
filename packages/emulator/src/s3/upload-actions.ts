import type { ChecksumAlgorithm, ChecksumType, ObjectChecksum } from '../lake/lake-object.js';
import type { OpenUpload, PartRecord } from '../lake/object-state.js';
import { action, type Actions } from '../wire/service-entry.js';
import { integer, structure, text } from '../wire/shape.js';
import { checkChecksum, checkMd5, declaredChecksum } from './body-checks.js';
import { checksumAlgorithms, checksumHeader, startChecksum, type Checksum } from './checksums.js';
import { bytesOf, openSource } from './copy-actions.js';
import type { Draft } from './drafts.js';
import { checkKey, checkOwner, objectHeaders } from './object-headers.js';
import { tagFacts, tagsOfHeader } from './tags.js';
import { rangeOf } from './range.js';
import { emptyAnswer, xmlAnswer } from './rest-answer.js';
import { requireBucket, streamedBody, type S3Context } from './s3-context.js';
import { invalidArgument, invalidRequest } from './s3-errors.js';
import { encryptionOf } from './write-actions.js';

const keyInput = structure({ Bucket: text(), Key: text(1) }, ['Bucket', 'Key']);
const uploadInput = structure({ Bucket: text(), Key: text(1), UploadId: text() }, [
  'Bucket',
  'Key',
  'UploadId',
]);
const partInput = structure({ Bucket: text(), Key: text(1), UploadId: text(), PartNumber: integer() }, [
  'Bucket',
  'Key',
  'UploadId',
  'PartNumber',
]);

/** Actions that open, fill and abort a multipart upload. */
export const uploadActions: Actions<S3Context> = new Map([
  [
    'CreateMultipartUpload',
    action(keyInput, async ({ Bucket, Key }, { lake, uploads, headers, accountId, now }: S3Context) => {
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      checkKey(Key);
      const kept = objectHeaders(headers);
      const { algorithm, type, chosen } = checksumOf(headers);
      const facts = { headers: kept, ...tagFacts(tagsOfHeader(headers)) };
      const UploadId = await uploads.create(
        { bucket: Bucket, key: Key, at: now(), facts, algorithm, type, chosen },
        () => {
          requireBucket(lake, Bucket);
        },
      );
      return xmlAnswer(
        'InitiateMultipartUploadResult',
        { Bucket, Key, UploadId },
        {
          ...(chosen ? { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': type } : {}),
          ...encryptionOf(kept),
        },
      );
    }),
  ],
  [
    'UploadPart',
    action(partInput, async ({ Bucket, Key, UploadId, PartNumber }, context: S3Context) => {
      const { lake, uploads, drafts, headers, accountId, now } = context;
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      const upload = uploads.find(UploadId, Bucket, Key);
      checkNumber(PartNumber);
      const declared = declaredChecksum(headers);
      if (declared !== undefined && upload.chosen && declared.algorithm !== upload.algorithm) {
        throw invalidRequest(
          `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm.toLowerCase()}, actual checksum Type: ${declared.algorithm.toLowerCase()}`,
        );
      }
      const sum = startChecksum(upload.algorithm);
      const other =
        declared === undefined || declared.algorithm === upload.algorithm
          ? undefined
          : startChecksum(declared.algorithm);
      const sums = other === undefined ? [sum] : [sum, other];
      const payload = streamedBody(context);
      const draft = await drafts.write(payload.chunks(), sums);
      return drafts.consume(draft, async () => {
        checkMd5(headers, draft.md5);
        if (declared !== undefined) checkChecksum(declared, (other ?? sum).digest(), payload.trailers);
        const part = partOf(PartNumber, draft, sum, now());
        await uploads.addPart(upload, draft, part);
        const shown = other ?? sum;
        return emptyAnswer(200, {
          etag: `"${part.etag}"`,
          [checksumHeader(shown.algorithm)]: shown.digest().toString('base64'),
          ...encryptionOf(upload.facts.headers),
          'content-length': 0,
        });
      });
    }),
  ],
  [
    'UploadPartCopy',
    action(partInput, async ({ Bucket, Key, UploadId, PartNumber }, context: S3Context) => {
      const { lake, uploads, drafts, headers, accountId, now } = context;
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      const upload = uploads.find(UploadId, Bucket, Key);
      checkNumber(PartNumber);
      const source = await openSource(context);
      try {
        const given = headers['x-amz-copy-source-range'];
        const range = given === undefined ? undefined : copiedRange(String(given), source.object.size);
        const sum = startChecksum(upload.algorithm);
        const draft = await drafts.write(bytesOf(source, range), [sum]);
        return await drafts.consume(draft, async () => {
          const part = partOf(PartNumber, draft, sum, now());
          await uploads.addPart(upload, draft, part);
          return xmlAnswer('CopyPartResult', {
            LastModified: new Date(part.at).toISOString(),
            ETag: `"${part.etag}"`,
            ...(upload.chosen ? checksumElement(part.checksum) : {}),
          });
        });
      } finally {
        await source.file.close();
      }
    }),
  ],
  [
    'AbortMultipartUpload',
    action(
      uploadInput,
      async ({ Bucket, Key, UploadId }, { lake, uploads, headers, accountId }: S3Context) => {
        requireBucket(lake, Bucket);
        checkOwner(headers, accountId);
        await uploads.alone(UploadId, async () => {
          uploads.find(UploadId, Bucket, Key);
          await uploads.abort(UploadId);
        });
        return emptyAnswer(204);
      },
    ),
  ],
]);

/** A checksum as an element of an answer. */
export function checksumElement({ algorithm, value }: ObjectChecksum): Readonly<Record<string, string>> {
  return { [`Checksum${algorithm}`]: value };
}

/** Refuses a number that no part can have. */
export function checkNumber(number: number): void {
  if (number >= 1 && number <= 10_000) return;
  throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', {
    ArgumentName: 'partNumber',
    ArgumentValue: number,
  });
}

function partOf(number: number, { size, md5 }: Draft, sum: Checksum, at: number): Omit<PartRecord, 'file'> {
  const checksum = {
    algorithm: sum.algorithm,
    value: sum.digest().toString('base64'),
    type: 'FULL_OBJECT' as const,
  };
  return { number, size, at, etag: md5.toString('hex'), checksum };
}

function copiedRange(header: string, size: number): { readonly start: number; readonly end: number } {
  const [, start = '', end = ''] = /^bytes=(\d{1,16})-(\d{1,16})$/.exec(header) ?? [];
  const facts = { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header.slice(0, 100) };
  if (start === '' || Number(start) > Number(end)) {
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      facts,
    );
  }
  if (Number(end) >= size) {
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`, facts);
  }
  return rangeOf(header, size) ?? { start: 0, end: size - 1 };
}

/** What checksum an upload gets; source: S3 user guide, "Checking object integrity", read 2026-11. */
function checksumOf(headers: S3Context['headers']): Pick<OpenUpload, 'algorithm' | 'type' | 'chosen'> {
  const name = headers['x-amz-checksum-algorithm'];
  const asked = headers['x-amz-checksum-type'];
  if (name === undefined) {
    if (asked !== undefined) {
      throw invalidRequest(
        'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
      );
    }
    return { algorithm: 'CRC64NVME', type: 'FULL_OBJECT', chosen: false };
  }
  const algorithm = checksumAlgorithms.find((one) => one === String(name).toUpperCase());
  if (algorithm === undefined) {
    throw invalidRequest(
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    );
  }
  return {
    algorithm,
    type: typeOf(algorithm, asked === undefined ? undefined : String(asked)),
    chosen: true,
  };
}

function typeOf(algorithm: ChecksumAlgorithm, asked: string | undefined): ChecksumType {
  const type = (asked ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')).toUpperCase();
  if (type !== 'FULL_OBJECT' && type !== 'COMPOSITE')
    throw invalidRequest('Value for x-amz-checksum-type header is invalid.');
  const cannot = type === 'COMPOSITE' ? algorithm === 'CRC64NVME' : algorithm.startsWith('SHA');
  if (cannot) {
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return type;
}
