import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ChecksumAlgorithm, ObjectChecksum, ObjectFacts } from '../lake/lake-object.js';
import type { OpenUpload, PartRecord } from '../lake/object-state.js';
import { action, type Actions } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { integer, list, structure, text } from '../wire/shape.js';
import { checkChecksum, declaredChecksum } from './body-checks.js';
import { startChecksum, type Checksum } from './checksums.js';
import { judgeWrite } from './conditions.js';
import { checkOwner } from './object-headers.js';
import { xmlAnswer, type RestAnswer } from './rest-answer.js';
import { requireBucket, type S3Context } from './s3-context.js';
import { invalidRequest, malformedXml } from './s3-errors.js';
import { checksumElement } from './upload-actions.js';
import type { UploadStore } from './upload-store.js';
import { tagFacts } from './tags.js';
import { encryptionOf, place } from './write-actions.js';

/** Least bytes of a part that is not the last; source: S3 user guide, multipart upload limits, read 2026-11. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;

const part = structure(
  {
    ETag: text(),
    PartNumber: integer(),
    ChecksumCRC32: text(),
    ChecksumCRC32C: text(),
    ChecksumCRC64NVME: text(),
    ChecksumSHA1: text(),
    ChecksumSHA256: text(),
  },
  [],
);
const input = structure(
  { Bucket: text(), Key: text(1), UploadId: text(), MultipartUpload: structure({ Parts: list(part) }) },
  ['Bucket', 'Key', 'UploadId'],
);

/** A part as the caller names it. */
interface NamedPart {
  readonly ETag?: string;
  readonly PartNumber?: number;
  readonly ChecksumCRC32?: string;
  readonly ChecksumCRC32C?: string;
  readonly ChecksumCRC64NVME?: string;
  readonly ChecksumSHA1?: string;
  readonly ChecksumSHA256?: string;
}

/** The action that makes an object of an upload's parts. */
export const completeActions: Actions<S3Context> = new Map([
  [
    'CompleteMultipartUpload',
    action(input, async ({ Bucket, Key, UploadId, MultipartUpload }, context: S3Context) => {
      const { lake, uploads, headers, accountId } = context;
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      const named = MultipartUpload?.Parts ?? [];
      return uploads.alone(UploadId, async () => {
        // Who did not get the answer asks again: the object is there.
        const current = lake.object(Bucket, Key)?.facts;
        if (current?.uploadId === UploadId) return answerOf(context, Bucket, Key, current);
        const upload = uploads.find(UploadId, Bucket, Key);
        if (named.length === 0) throw malformedXml();
        const chosen = chosenParts(upload, named);
        judgeWrite(headers, Key, lake.object(Bucket, Key));
        const facts = await assemble(context, upload, chosen);
        await uploads.drop(UploadId);
        return answerOf(context, Bucket, Key, facts);
      });
    }),
  ],
]);

async function assemble(
  context: S3Context,
  upload: OpenUpload,
  parts: readonly PartRecord[],
): Promise<ObjectFacts> {
  const { drafts, uploads, headers } = context;
  const whole = upload.type === 'FULL_OBJECT' ? startChecksum(upload.algorithm) : undefined;
  const draft = await drafts.write(partBytes(uploads, upload, parts), whole === undefined ? [] : [whole]);
  return drafts.consume(draft, async () => {
    const expected = Number(headers['x-amz-mp-object-size'] ?? draft.size);
    if (expected !== draft.size) {
      throw invalidRequest(
        `The provided 'x-amz-mp-object-size' header value ${expected} does not match what was computed: ${draft.size}`,
      );
    }
    const checksum = checksumOf(upload, parts, whole);
    const declared = declaredChecksum(headersOfWhole(headers));
    if (declared?.algorithm === checksum.algorithm && checksum.type === 'FULL_OBJECT') {
      checkChecksum(declared, Buffer.from(checksum.value, 'base64'));
    }
    const md5s = parts.map(({ etag }) => Buffer.from(etag, 'hex'));
    const facts: ObjectFacts = {
      etag: `${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-${parts.length}`,
      headers: upload.facts.headers ?? {},
      checksum,
      partSizes: parts.map(({ size }) => size),
      ...(upload.chosen ? { partChecksums: parts.map((part) => part.checksum.value) } : {}),
      ...tagFacts(upload.facts.tags ?? []),
      uploadId: upload.id,
    };
    await place(context, draft.path, upload.bucket, upload.key, facts, upload.id);
    return facts;
  });
}

/** A composed checksum may come with the number of its parts; it is compared with nothing that is computed here. */
function headersOfWhole(headers: S3Context['headers']): S3Context['headers'] {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) => !(name.startsWith('x-amz-checksum-') && String(value).includes('-')),
    ),
  );
}

async function* partBytes(
  uploads: UploadStore,
  upload: OpenUpload,
  parts: readonly PartRecord[],
): AsyncGenerator<Buffer> {
  for (const one of parts) {
    const bytes: AsyncIterable<Buffer> = createReadStream(uploads.pathOf(upload, one), {
      highWaterMark: 256 * 1024,
    });
    yield* bytes;
  }
}

function checksumOf(
  { algorithm }: OpenUpload,
  parts: readonly PartRecord[],
  whole: Checksum | undefined,
): ObjectChecksum {
  if (whole !== undefined)
    return { algorithm, value: whole.digest().toString('base64'), type: 'FULL_OBJECT' };
  const sum = startChecksum(algorithm);
  for (const { checksum } of parts) sum.update(Buffer.from(checksum.value, 'base64'));
  return { algorithm, value: `${sum.digest().toString('base64')}-${parts.length}`, type: 'COMPOSITE' };
}

function chosenParts(upload: OpenUpload, named: readonly NamedPart[]): readonly PartRecord[] {
  const numbers = named.map(({ PartNumber = 0 }) => PartNumber);
  if (numbers.some((number, at) => at > 0 && number <= (numbers[at - 1] ?? 0))) {
    throw new ServiceError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      400,
      { UploadId: upload.id },
    );
  }
  const chosen = named.map((one) => {
    const { PartNumber = 0, ETag = '' } = one;
    const found = upload.parts.get(PartNumber);
    const tag = ETag.trim().replace(/^"(.*)"$/, '$1');
    if (found?.etag !== tag || !fits(one, found.checksum)) {
      throw new ServiceError(
        'InvalidPart',
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        400,
        { UploadId: upload.id, PartNumber, ETag: tag.slice(0, 100) },
      );
    }
    return found;
  });
  const small = chosen.slice(0, -1).find(({ size }) => size < LEAST_PART_BYTES);
  if (small === undefined) return chosen;
  throw new ServiceError(
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
    400,
    {
      ETag: small.etag,
      MinSizeAllowed: LEAST_PART_BYTES,
      PartNumber: small.number,
      ProposedSize: small.size,
    },
  );
}

/** Whether the checksum that the caller names of a part, if any, is that of the part. */
function fits(named: NamedPart, { algorithm, value }: ObjectChecksum): boolean {
  const members: Readonly<Record<ChecksumAlgorithm, string | undefined>> = {
    CRC32: named.ChecksumCRC32,
    CRC32C: named.ChecksumCRC32C,
    CRC64NVME: named.ChecksumCRC64NVME,
    SHA1: named.ChecksumSHA1,
    SHA256: named.ChecksumSHA256,
  };
  return (members[algorithm] ?? value) === value;
}

function answerOf({ endpoint }: S3Context, Bucket: string, Key: string, facts: ObjectFacts): RestAnswer {
  const { checksum } = facts;
  const path = [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/');
  return xmlAnswer(
    'CompleteMultipartUploadResult',
    {
      Location: `${endpoint}/${path}`,
      Bucket,
      Key,
      ETag: `"${facts.etag ?? ''}"`,
      ...(checksum === undefined ? {} : { ...checksumElement(checksum), ChecksumType: checksum.type }),
    },
    encryptionOf(facts.headers),
  );
}
