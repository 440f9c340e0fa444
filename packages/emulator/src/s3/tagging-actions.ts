import { action, type Actions } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { list, structure, text } from '../wire/shape.js';
import { checkOwner } from './object-headers.js';
import { checkVersion } from './read-actions.js';
import { emptyAnswer, xmlAnswer, type RestAnswer } from './rest-answer.js';
import { requireBucket, requireObject, type S3Context } from './s3-context.js';
import { checkTags, tagsOf } from './tags.js';

const tagging = structure({ TagSet: list(structure({ Key: text(), Value: text() }, ['Key', 'Value'])) }, [
  'TagSet',
]);
const ofBucket = structure({ Bucket: text() }, ['Bucket']);
const ofObject = structure({ Bucket: text(), Key: text(1), VersionId: text() }, ['Bucket', 'Key']);
const putBucket = structure({ Bucket: text(), Tagging: tagging }, ['Bucket', 'Tagging']);
const putObject = structure({ Bucket: text(), Key: text(1), VersionId: text(), Tagging: tagging }, [
  'Bucket',
  'Key',
  'Tagging',
]);

/** Actions on the tags of buckets and objects. */
export const taggingActions: Actions<S3Context> = new Map([
  [
    'GetBucketTagging',
    action(ofBucket, ({ Bucket }, { lake, headers, accountId }: S3Context) => {
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      const tags = lake.records.bucketTags(Bucket);
      if (tags.length === 0)
        throw new ServiceError('NoSuchTagSet', 'The TagSet does not exist', 404, { BucketName: Bucket });
      return xmlAnswer('Tagging', { TagSet: { Tag: tags.map(({ Key, Value }) => ({ Key, Value })) } });
    }),
  ],
  [
    'PutBucketTagging',
    action(putBucket, async ({ Bucket, Tagging }, context: S3Context) =>
      tagBucket(context, Bucket, Tagging.TagSet),
    ),
  ],
  [
    'DeleteBucketTagging',
    action(ofBucket, async ({ Bucket }, context: S3Context) => tagBucket(context, Bucket, [])),
  ],
  [
    'GetObjectTagging',
    action(ofObject, ({ Bucket, Key, VersionId }, context: S3Context) => {
      const { lake, headers, accountId } = context;
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      checkVersion(VersionId);
      const tags = tagsOf(context, Bucket, requireObject(lake, Bucket, Key));
      return xmlAnswer('Tagging', {
        TagSet: { Tag: tags.map((tag) => ({ Key: tag.Key, Value: tag.Value })) },
      });
    }),
  ],
  [
    'PutObjectTagging',
    action(putObject, async ({ Bucket, Key, VersionId, Tagging }, context: S3Context) => {
      checkVersion(VersionId);
      await tagObject(context, Bucket, Key, Tagging.TagSet);
      return emptyAnswer(200, { 'content-length': 0 });
    }),
  ],
  [
    'DeleteObjectTagging',
    action(ofObject, async ({ Bucket, Key, VersionId }, context: S3Context) => {
      checkVersion(VersionId);
      await tagObject(context, Bucket, Key, []);
      return emptyAnswer(204);
    }),
  ],
]);

type Tags = Parameters<typeof checkTags>[0];

async function tagBucket(
  { lake, headers, accountId }: S3Context,
  bucket: string,
  tags: Tags,
): Promise<RestAnswer> {
  requireBucket(lake, bucket);
  checkOwner(headers, accountId);
  await lake.records.append({ op: 'bucket-tags', bucket, tags: checkTags(tags, 'bucket') });
  return emptyAnswer(204);
}

async function tagObject(
  { lake, headers, accountId }: S3Context,
  bucket: string,
  key: string,
  tags: Tags,
): Promise<void> {
  requireBucket(lake, bucket);
  checkOwner(headers, accountId);
  requireObject(lake, bucket, key);
  const checked = checkTags(tags, 'object');
  await lake.records.append({ op: 'tags', bucket, key, tags: checked });
}
