import type { LakeObject, ObjectFacts } from '../lake/lake-object.js';
import { action, type Actions } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { boolean, list, structure, text } from '../wire/shape.js';
import { checkChecksum, checkMd5, declaredChecksum, startDeclared } from './body-checks.js';
import { checksumHeader } from './checksums.js';
import { judgeWrite } from './conditions.js';
import { checkKey, checkOwner, objectHeaders } from './object-headers.js';
import { checkVersion } from './read-actions.js';
import { emptyAnswer, xmlAnswer } from './rest-answer.js';
import { tagFacts, tagsOfHeader } from './tags.js';
import { requireBucket, streamedBody, type S3Context } from './s3-context.js';
import { invalidRequest, noSuchBucket } from './s3-errors.js';

const keyInput = structure({ Bucket: text(), Key: text(1) }, ['Bucket', 'Key']);
const deleteInput = structure({ Bucket: text(), Key: text(1), VersionId: text() }, ['Bucket', 'Key']);
const identifier = structure({ Key: text(1), VersionId: text(), ETag: text() }, ['Key']);
const deletion = structure({ Objects: list(identifier), Quiet: boolean }, ['Objects']);
const deleteAllInput = structure({ Bucket: text(), Delete: deletion }, ['Bucket', 'Delete']);

/** Actions that put and delete objects. */
export const writeActions: Actions<S3Context> = new Map([
  [
    'PutObject',
    action(keyInput, async ({ Bucket, Key }, context: S3Context) => {
      const { lake, drafts, headers, accountId } = context;
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      checkKey(Key);
      const kept = objectHeaders(headers);
      const tags = tagFacts(tagsOfHeader(headers));
      const declared = declaredChecksum(headers);
      const sum = startDeclared(headers);
      // Before the body comes, so that it need not; and again when the object takes its place.
      judgeWrite(headers, Key, lake.object(Bucket, Key));
      const payload = streamedBody(context);
      const draft = await drafts.write(payload.chunks(), [sum]);
      return drafts.consume(draft, async () => {
        checkMd5(headers, draft.md5);
        if (declared !== undefined) checkChecksum(declared, sum.digest(), payload.trailers);
        const checksum = {
          algorithm: sum.algorithm,
          value: sum.digest().toString('base64'),
          type: 'FULL_OBJECT' as const,
        };
        const facts: ObjectFacts = { etag: draft.md5.toString('hex'), headers: kept, checksum, ...tags };
        await place(context, draft.path, Bucket, Key, facts);
        return emptyAnswer(200, {
          etag: `"${draft.md5.toString('hex')}"`,
          [checksumHeader(sum.algorithm)]: checksum.value,
          'x-amz-checksum-type': checksum.type,
          ...encryptionOf(kept),
          'content-length': 0,
        });
      });
    }),
  ],
  [
    'DeleteObject',
    action(deleteInput, async ({ Bucket, Key, VersionId }, { lake, headers, accountId }: S3Context) => {
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      checkVersion(VersionId);
      await lake.remove(Bucket, Key, (current) => {
        judgeWrite(headers, Key, current);
      });
      return emptyAnswer(204);
    }),
  ],
  [
    'DeleteObjects',
    action(deleteAllInput, async ({ Bucket, Delete }, { lake, headers, accountId }: S3Context) => {
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      if (headers['content-md5'] === undefined && declaredChecksum(headers) === undefined) {
        throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
      }
      const outcomes = [];
      for (const { Key, VersionId, ETag } of Delete.Objects) {
        const named = VersionId === undefined ? { Key } : { Key, VersionId };
        outcomes.push(await outcomeOf(named, () => deleteOne(lake, Bucket, Key, VersionId, ETag)));
      }
      return xmlAnswer('DeleteResult', {
        Deleted: Delete.Quiet === true ? [] : outcomes.filter(({ Code }) => Code === undefined),
        Error: outcomes.filter(({ Code }) => Code !== undefined),
      });
    }),
  ],
]);

/** Moves a draft to its place in an existing bucket, if the conditions of the request hold then. */
export async function place(
  { lake, headers }: Pick<S3Context, 'lake' | 'headers'>,
  draft: string,
  bucket: string,
  key: string,
  facts: ObjectFacts,
  ends?: string,
): Promise<LakeObject> {
  return lake.place(draft, bucket, key, {
    facts,
    isKept: true,
    check(current) {
      if (!lake.hasBucket(bucket)) throw noSuchBucket(bucket);
      judgeWrite(headers, key, current);
    },
    ...(ends === undefined ? {} : { ends }),
  });
}

/** The encryption that an answer names where the request did. */
export function encryptionOf(kept: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const value = kept['x-amz-server-side-encryption'];
  return value === undefined ? {} : { 'x-amz-server-side-encryption': value };
}

interface Outcome {
  readonly Key: string;
  readonly VersionId?: string;
  readonly Code?: string;
  readonly Message?: string;
  readonly [name: string]: string | undefined;
}

async function outcomeOf(
  named: Pick<Outcome, 'Key' | 'VersionId'>,
  work: () => Promise<void>,
): Promise<Outcome> {
  try {
    await work();
    return named;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { ...named, Code: error.code, Message: error.message };
  }
}

async function deleteOne(
  lake: S3Context['lake'],
  bucket: string,
  key: string,
  version: string | undefined,
  tag: string | undefined,
): Promise<void> {
  if (version !== undefined && version !== 'null') {
    throw new ServiceError('NoSuchVersion', 'The specified version does not exist.', 404);
  }
  await lake.remove(bucket, key, (current) => {
    judgeWrite(tag === undefined ? {} : { 'if-match': tag }, key, current);
  });
}
