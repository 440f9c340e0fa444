import type { IncomingHttpHeaders } from 'node:http';
import type { OpenObject, ChecksumAlgorithm, ObjectFacts } from '../lake/lake-object.js';
import { action, type Actions } from '../wire/service-entry.js';
import { emulatorLimits } from '../wire/request-limits.js';
import { structure, text } from '../wire/shape.js';
import { checksumAlgorithms, startChecksum } from './checksums.js';
import { judgeRead } from './conditions.js';
import { DEFAULT_TYPE, checkKey, checkOwner, objectHeaders } from './object-headers.js';
import type { ByteRange } from './range.js';
import { checkVersion } from './read-actions.js';
import { xmlAnswer } from './rest-answer.js';
import { openObject, requireBucket, type S3Context } from './s3-context.js';
import { invalidArgument, invalidRequest, preconditionFailed } from './s3-errors.js';
import { tagFacts, tagsOf, tagsOfHeader } from './tags.js';
import { encryptionOf, place } from './write-actions.js';

const copyInput = structure({ Bucket: text(), Key: text(1) }, ['Bucket', 'Key']);

/** The action that copies an object. */
export const copyActions: Actions<S3Context> = new Map([
  [
    'CopyObject',
    action(copyInput, async ({ Bucket, Key }, context: S3Context) => {
      const { lake, drafts, headers, accountId } = context;
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      checkKey(Key);
      const replaces = directiveOf(headers, 'metadata') === 'REPLACE';
      const replacesTags = directiveOf(headers, 'tagging') === 'REPLACE';
      const givenTags = tagsOfHeader(headers);
      const given = objectHeaders(headers);
      const source = await openSource(context);
      try {
        const { object } = source;
        if (object.size > emulatorLimits.objectBytes) {
          throw invalidRequest(
            `The specified copy source is larger than the maximum allowable size for a copy source: ${emulatorLimits.objectBytes}`,
          );
        }
        const changes = replaces || changesOf(headers);
        if (source.bucket === Bucket && source.key === Key && !changes) {
          throw invalidRequest(
            "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
          );
        }
        const kept = replaces ? given : copiedHeaders(object.facts, given);
        const sum = startChecksum(algorithmOf(headers) ?? object.facts?.checksum?.algorithm ?? 'CRC64NVME');
        const draft = await drafts.write(bytesOf(source), [sum]);
        return await drafts.consume(draft, async () => {
          const etag = draft.md5.toString('hex');
          const checksum = {
            algorithm: sum.algorithm,
            value: sum.digest().toString('base64'),
            type: 'FULL_OBJECT' as const,
          };
          const tags = tagFacts(replacesTags ? givenTags : tagsOf(context, source.bucket, object));
          const facts = { etag, headers: kept, checksum, ...tags };
          const placed = await place(context, draft.path, Bucket, Key, facts);
          return xmlAnswer(
            'CopyObjectResult',
            {
              LastModified: new Date(placed.modifiedAt).toISOString(),
              ETag: `"${etag}"`,
              ChecksumType: checksum.type,
              [`Checksum${checksum.algorithm}`]: checksum.value,
            },
            encryptionOf(kept),
          );
        });
      } finally {
        await source.file.close();
      }
    }),
  ],
]);

/** The object that a copy is made of. */
export interface CopySource extends OpenObject {
  readonly bucket: string;
  readonly key: string;
}

/** Opens the object that the request names, once its conditions hold. */
export async function openSource({
  lake,
  headers,
}: Pick<S3Context, 'lake' | 'headers'>): Promise<CopySource> {
  const { bucket, key, version } = sourceOf(String(headers['x-amz-copy-source'] ?? ''));
  requireBucket(lake, bucket);
  checkVersion(version);
  const opened = await openObject(lake, bucket, key);
  try {
    if (judgeRead(headers, opened.object, 'x-amz-copy-source-') === 'not-modified') {
      const isTag = headers['x-amz-copy-source-if-none-match'] !== undefined;
      throw preconditionFailed(`x-amz-copy-source-If-${isTag ? 'None-Match' : 'Modified-Since'}`);
    }
  } catch (error) {
    await opened.file.close();
    throw error;
  }
  return { bucket, key, ...opened };
}

/** The bytes of a source; its file stays open. */
export function bytesOf({ file, object }: OpenObject, range?: ByteRange): AsyncIterable<Buffer> {
  const { start, end } = range ?? { start: 0, end: object.size - 1 };
  if (end < start) return noBytes();
  return file.createReadStream({ start, end, autoClose: false, highWaterMark: 256 * 1024 });
}

function sourceOf(header: string): {
  readonly bucket: string;
  readonly key: string;
  readonly version: string | undefined;
} {
  const wrong = (): Error =>
    invalidArgument('Invalid copy source object key', {
      ArgumentName: 'x-amz-copy-source',
      ArgumentValue: header.slice(0, 100),
    });
  const [, path = '', version] = /^(.*?)(?:\?versionId=(.*))?$/s.exec(header) ?? [];
  let source: string;
  try {
    source = decodeURIComponent(path).replace(/^\//, '');
  } catch {
    throw wrong();
  }
  const slash = source.indexOf('/');
  if (slash < 1 || slash === source.length - 1) throw wrong();
  return { bucket: source.slice(0, slash), key: source.slice(slash + 1), version };
}

function directiveOf(headers: IncomingHttpHeaders, what: 'metadata' | 'tagging'): string {
  const name = `x-amz-${what}-directive`;
  const directive = String(headers[name] ?? 'COPY');
  if (directive === 'COPY' || directive === 'REPLACE') return directive;
  throw invalidArgument(`Unknown ${what} directive.`, {
    ArgumentName: name,
    ArgumentValue: directive.slice(0, 100),
  });
}

function changesOf(headers: IncomingHttpHeaders): boolean {
  return ['x-amz-storage-class', 'x-amz-website-redirect-location', 'x-amz-server-side-encryption'].some(
    (name) => headers[name] !== undefined,
  );
}

/** A copy keeps the headers of its source, except those that never travel. */
function copiedHeaders(
  facts: ObjectFacts | undefined,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = { 'content-type': DEFAULT_TYPE, ...facts?.headers };
  for (const name of [
    'x-amz-storage-class',
    'x-amz-website-redirect-location',
    'x-amz-server-side-encryption',
  ]) {
    const value = given[name];
    if (value === undefined) Reflect.deleteProperty(kept, name);
    else kept[name] = value;
  }
  return kept;
}

function algorithmOf(headers: IncomingHttpHeaders): ChecksumAlgorithm | undefined {
  const name = headers['x-amz-checksum-algorithm'];
  if (name === undefined) return undefined;
  const found = checksumAlgorithms.find((one) => one === String(name).toUpperCase());
  if (found !== undefined) return found;
  throw invalidRequest(
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  );
}

async function* noBytes(): AsyncGenerator<Buffer> {
  // A file that is empty has no range to be read.
}
