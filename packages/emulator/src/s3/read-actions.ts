import type { IncomingHttpHeaders } from 'node:http';
import type { LakeObject, OpenObject } from '../lake/lake-object.js';
import { action, type Actions } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { integer, structure, text } from '../wire/shape.js';
import { checksumHeader } from './checksums.js';
import { judgeRead, entityTag } from './conditions.js';
import { checkOwner } from './object-headers.js';
import { rangeOf, type ByteRange } from './range.js';
import { emptyAnswer, type RestAnswer } from './rest-answer.js';
import { openObject, requireBucket, requireObject, type S3Context } from './s3-context.js';
import { invalidArgument, invalidRequest } from './s3-errors.js';
import { tagsOf } from './tags.js';

const input = structure(
  {
    Bucket: text(),
    Key: text(1),
    VersionId: text(),
    PartNumber: integer(),
    ResponseCacheControl: text(),
    ResponseContentDisposition: text(),
    ResponseContentEncoding: text(),
    ResponseContentLanguage: text(),
    ResponseContentType: text(),
  },
  ['Bucket', 'Key'],
);

interface ReadInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
  readonly PartNumber?: number;
}

/** Actions that read an object. */
export const readActions: Actions<S3Context> = new Map([
  ['GetObject', action(input, async (given, context: S3Context) => get(given, context))],
  [
    'HeadObject',
    action(input, (given, context: S3Context) => {
      const object = objectOf(given, context);
      if (judgeRead(context.headers, object) === 'not-modified') return notModified(object);
      return answerOf(object, given, context);
    }),
  ],
]);

async function get(given: ReadInput, context: S3Context): Promise<RestAnswer> {
  objectOf(given, context);
  const { lake, headers } = context;
  const opened = await openObject(lake, given.Bucket, given.Key);
  try {
    const { object } = opened;
    const isSame = judgeRead(headers, object) === 'not-modified';
    const answer = isSame ? notModified(object) : answerOf(object, given, context);
    if (isSame || object.size === 0) {
      await opened.file.close();
      return answer;
    }
    return withBody(answer, opened, given, headers);
  } catch (error) {
    await opened.file.close();
    throw error;
  }
}

function withBody(
  answer: RestAnswer,
  { object, file }: OpenObject,
  given: ReadInput,
  headers: IncomingHttpHeaders,
): RestAnswer {
  const { start, end } = partOf(object, given, headers) ?? { start: 0, end: object.size - 1 };
  return { ...answer, body: { file, start, end } };
}

function objectOf(
  { Bucket, Key, VersionId }: ReadInput,
  { lake, headers, accountId }: S3Context,
): LakeObject {
  requireBucket(lake, Bucket);
  checkOwner(headers, accountId);
  checkVersion(VersionId);
  return requireObject(lake, Bucket, Key);
}

/** Refuses a version: a bucket without versioning has only the one that is called `null`. */
export function checkVersion(version: string | undefined): void {
  if (version === undefined || version === 'null') return;
  throw invalidArgument('Invalid version id specified', {
    ArgumentName: 'versionId',
    ArgumentValue: version.slice(0, 100),
  });
}

function notModified(object: LakeObject): RestAnswer {
  return emptyAnswer(304, {
    etag: `"${entityTag(object)}"`,
    'last-modified': new Date(object.modifiedAt).toUTCString(),
  });
}

function answerOf(object: LakeObject, given: ReadInput, context: S3Context): RestAnswer {
  const { headers } = context;
  const tags = tagsOf(context, given.Bucket, object);
  const part = partOf(object, given, headers);
  const { size, facts = {}, modifiedAt } = object;
  const { checksum, partSizes } = facts;
  const wantsChecksum = String(headers['x-amz-checksum-mode'] ?? '').toUpperCase() === 'ENABLED';
  return {
    status: part === undefined ? 200 : 206,
    headers: {
      'accept-ranges': 'bytes',
      'content-type': 'application/octet-stream',
      'last-modified': new Date(modifiedAt).toUTCString(),
      etag: `"${entityTag(object)}"`,
      ...facts.headers,
      ...overridesOf(given),
      ...(tags.length === 0 ? {} : { 'x-amz-tagging-count': tags.length }),
      ...(wantsChecksum && checksum !== undefined && (part === undefined || given.PartNumber !== undefined)
        ? { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type }
        : {}),
      ...(given.PartNumber !== undefined && partSizes !== undefined
        ? { 'x-amz-mp-parts-count': partSizes.length }
        : {}),
      'content-length': part === undefined ? size : part.end - part.start + 1,
      ...(part === undefined ? {} : { 'content-range': `bytes ${part.start}-${part.end}/${size}` }),
    },
  };
}

/** The bytes that the request names, by range or by the number of a part; `undefined` for all. */
function partOf(
  { size, facts }: LakeObject,
  { PartNumber: number }: ReadInput,
  { range }: IncomingHttpHeaders,
): ByteRange | undefined {
  if (number === undefined) return rangeOf(range, size);
  if (range !== undefined)
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  if (number < 1 || number > 10_000) {
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', {
      ArgumentName: 'partNumber',
      ArgumentValue: number,
    });
  }
  const sizes = facts?.partSizes ?? [size];
  if (number > sizes.length) {
    throw new ServiceError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
      PartNumberRequested: number,
      ActualPartCount: sizes.length,
    });
  }
  if (size === 0) return undefined;
  const start = sizes.slice(0, number - 1).reduce((sum, one) => sum + one, 0);
  return { start, end: start + (sizes[number - 1] ?? 0) - 1 };
}

const overrides: Readonly<Record<string, string>> = {
  ResponseCacheControl: 'cache-control',
  ResponseContentDisposition: 'content-disposition',
  ResponseContentEncoding: 'content-encoding',
  ResponseContentLanguage: 'content-language',
  ResponseContentType: 'content-type',
  ResponseExpires: 'expires',
};

function overridesOf(given: object): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [member, value] of Object.entries(given)) {
    const header = Object.hasOwn(overrides, member) ? overrides[member] : undefined;
    if (header === undefined) continue;
    // What a header cannot carry would cut the answer off.
    // eslint-disable-next-line no-control-regex -- control characters are what is meant
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(String(value))) {
      throw invalidArgument('Header value cannot be represented using ISO-8859-1.', {
        ArgumentName: `response-${header}`,
      });
    }
    // A header is bytes: those of UTF-8.
    found[header] = Buffer.from(String(value)).toString('latin1');
  }
  return found;
}
