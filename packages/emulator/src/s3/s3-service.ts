import type { LakeFolder, LakeObject } from '../lake/lake-folder.js';
import { refusalsOf } from '../wire/json-dialect.js';
import { action, actionsIn, type Actions, type ServiceEntry } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { integer, structure, text } from '../wire/shape.js';
import { xmlDocument } from '../wire/xml.js';
import { etagOf, listBuckets, listObjects } from './list-objects.js';
import { restDialect, xmlAnswer, type RestAnswer } from './rest-dialect.js';

/** Amazon S3, path style, reading only. */
export function createS3Service(lake: LakeFolder): ServiceEntry {
  return {
    scope: 's3',
    mayBeUnsigned: true,
    dialects: [restDialect],
    actions: actionsIn(s3Actions, () => lake),
    refusals: refusalsOf({
      service: 'S3',
      unknownAction: 'NotImplemented',
      wrongType: 'InvalidArgument',
      violated: 'InvalidArgument',
    }),
    close: () => Promise.resolve(),
  };
}

const bucketInput = structure({ Bucket: text() }, ['Bucket']);
const objectInput = structure({ Bucket: text(), Key: text(1), Range: text() }, ['Bucket', 'Key']);
const listMembers = {
  Bucket: text(),
  Prefix: text(),
  Delimiter: text(),
  MaxKeys: integer(0),
  EncodingType: text(),
};
const listInput = structure({ ...listMembers, Marker: text() }, ['Bucket']);
const listV2Input = structure({ ...listMembers, ContinuationToken: text(), StartAfter: text() }, ['Bucket']);

/** The actions of the REST API that read. */
export const s3Actions: Actions<LakeFolder> = new Map([
  ['ListBuckets', action(structure({}), (_input, lake: LakeFolder) => xmlAnswer(listBuckets(lake)))],
  [
    'HeadBucket',
    action(bucketInput, ({ Bucket }, lake: LakeFolder): RestAnswer => {
      requireBucket(lake, Bucket);
      return { status: 200, headers: {} };
    }),
  ],
  [
    'GetBucketLocation',
    action(bucketInput, ({ Bucket }, lake: LakeFolder) => {
      requireBucket(lake, Bucket);
      return xmlAnswer(xmlDocument('LocationConstraint', {}, 'http://s3.amazonaws.com/doc/2006-03-01/'));
    }),
  ],
  [
    'ListObjects',
    action(listInput, ({ Marker = '', ...input }, lake: LakeFolder) =>
      xmlAnswer(listObjects(requireBucket(lake, input.Bucket), input, { after: Marker })),
    ),
  ],
  [
    'ListObjectsV2',
    action(listV2Input, ({ ContinuationToken: token, StartAfter: start, ...input }, lake: LakeFolder) =>
      xmlAnswer(listObjects(requireBucket(lake, input.Bucket), input, { token, start })),
    ),
  ],
  ['GetObject', action(objectInput, (input, lake: LakeFolder) => objectAnswer(lake, input, true))],
  ['HeadObject', action(objectInput, (input, lake: LakeFolder) => objectAnswer(lake, input, false))],
]);

function requireBucket(lake: LakeFolder, bucket: string): readonly LakeObject[] {
  const objects = lake.objects(bucket);
  if (objects !== undefined) return objects;
  throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
}

function objectAnswer(
  lake: LakeFolder,
  { Bucket, Key, Range }: { readonly Bucket: string; readonly Key: string; readonly Range?: string },
  withBody: boolean,
): RestAnswer {
  requireBucket(lake, Bucket);
  const object = lake.object(Bucket, Key);
  if (object === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  const range = rangeOf(Range, object);
  const { start, end } = range ?? { start: 0, end: object.size - 1 };
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      etag: etagOf(object),
      'last-modified': new Date(object.modifiedAt).toUTCString(),
      'content-length': end - start + 1,
      ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${object.size}` }),
    },
    ...(withBody && object.size > 0 ? { body: { path: lake.pathOf(Bucket, Key), start, end } } : {}),
  };
}

function rangeOf(
  header: string | undefined,
  { size }: LakeObject,
): { readonly start: number; readonly end: number } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(size - 1, Number(to));
  if (start > end) throw new ServiceError('InvalidRange', 'The requested range is not satisfiable', 416);
  return { start, end };
}
