import { action, type Actions } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { integer, structure, text } from '../wire/shape.js';
import { noSuchBucket } from './s3-errors.js';
import { emptyAnswer, xmlAnswer } from './rest-answer.js';
import { ownerOf, requireBucket, type S3Context } from './s3-context.js';
import { checkOwner } from './object-headers.js';

const bucketInput = structure({ Bucket: text() }, ['Bucket']);
const configuration = structure({ LocationConstraint: text() });
const createInput = structure({ Bucket: text(), CreateBucketConfiguration: configuration }, ['Bucket']);
const listInput = structure({
  Prefix: text(),
  ContinuationToken: text(),
  MaxBuckets: integer(1, 10_000),
  BucketRegion: text(),
});

/** Actions on buckets. */
export const bucketActions: Actions<S3Context> = new Map([
  [
    'ListBuckets',
    action(listInput, (input, { lake, region, accountId }: S3Context) => {
      const { Prefix = '', ContinuationToken = '', MaxBuckets = 10_000, BucketRegion } = input;
      const regionOf = (name: string): string => lake.records.bucket(name)?.region ?? region;
      const after = Buffer.from(ContinuationToken, 'base64').toString();
      const all = lake
        .buckets()
        .filter((name) => name.startsWith(Prefix) && (after === '' || name > after))
        .filter((name) => BucketRegion === undefined || regionOf(name) === BucketRegion);
      const page = all.slice(0, MaxBuckets);
      return xmlAnswer('ListAllMyBucketsResult', {
        Owner: ownerOf(accountId),
        Buckets: {
          Bucket: page.map((Name) => ({
            Name,
            CreationDate: new Date(lake.bucketCreatedAt(Name) ?? 0).toISOString(),
            // Only who asks for something is told.
            ...(Object.keys(input).length === 0 ? {} : { BucketRegion: regionOf(Name) }),
          })),
        },
        ...(Prefix === '' ? {} : { Prefix }),
        ...(page.length < all.length
          ? { ContinuationToken: Buffer.from(page.at(-1) ?? '').toString('base64') }
          : {}),
      });
    }),
  ],
  [
    'CreateBucket',
    action(createInput, async (input, { lake, region, now }: S3Context) => {
      const { Bucket, CreateBucketConfiguration: { LocationConstraint } = {} } = input;
      checkName(Bucket);
      checkLocation(LocationConstraint, region);
      if (lake.hasBucket(Bucket)) {
        // As in us-east-1, where creating a bucket again succeeds.
        if (region === 'us-east-1') return emptyAnswer(200, { location: `/${Bucket}`, 'content-length': 0 });
        throw new ServiceError(
          'BucketAlreadyOwnedByYou',
          'Your previous request to create the named bucket succeeded and you already own it.',
          409,
          { BucketName: Bucket },
        );
      }
      await lake.ensureBucket(Bucket);
      const where = regionOfConstraint(LocationConstraint, region);
      await lake.records.append({ op: 'bucket', made: { bucket: Bucket, at: now(), region: where } });
      return emptyAnswer(200, { location: `/${Bucket}`, 'content-length': 0 });
    }),
  ],
  [
    'HeadBucket',
    action(bucketInput, ({ Bucket }, { lake, region, headers, accountId }: S3Context) => {
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      return emptyAnswer(200, {
        'content-type': 'application/xml',
        'x-amz-bucket-region': lake.records.bucket(Bucket)?.region ?? region,
        'x-amz-access-point-alias': 'false',
      });
    }),
  ],
  [
    'DeleteBucket',
    action(bucketInput, async ({ Bucket }, { lake, headers, accountId, uploads }: S3Context) => {
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      if (!(await lake.removeBucket(Bucket))) {
        if (!lake.hasBucket(Bucket)) throw noSuchBucket(Bucket);
        throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, {
          BucketName: Bucket,
        });
      }
      await uploads.forget();
      return emptyAnswer(204);
    }),
  ],
]);

/** Source: S3 user guide, "General purpose bucket naming rules", read 2026-11. */
function checkName(name: string): void {
  const isGood =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (!isGood) {
    throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.', 400, {
      BucketName: name.slice(0, 100),
    });
  }
}

/** The oldest constraint has a name of its own; source: S3 API reference, CreateBucket, read 2026-11. */
const EUROPE = 'EU';

const isRegion = (constraint: string): boolean =>
  constraint === EUROPE || /^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/.test(constraint);

function regionOfConstraint(constraint: string | undefined, region: string): string {
  if (constraint === undefined || constraint === '') return region;
  return constraint === EUROPE ? 'eu-west-1' : constraint;
}

function checkLocation(constraint: string | undefined, region: string): void {
  if (constraint === undefined || constraint === '') {
    if (region === 'us-east-1') return;
    throw new ServiceError(
      'IllegalLocationConstraintException',
      'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
    );
  }
  if (constraint === 'us-east-1' || !isRegion(constraint)) {
    throw new ServiceError(
      'InvalidLocationConstraint',
      'The specified location-constraint is not valid',
      400,
      {
        LocationConstraint: constraint.slice(0, 100),
      },
    );
  }
  if (constraint === region || (constraint === 'EU' && region === 'eu-west-1') || region === 'us-east-1')
    return;
  throw new ServiceError(
    'IllegalLocationConstraintException',
    `The ${constraint.slice(0, 100)} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}
