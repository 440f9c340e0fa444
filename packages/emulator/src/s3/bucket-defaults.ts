import { action, type Actions } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { structure, text } from '../wire/shape.js';
import { xmlDocument, type XmlElement } from '../wire/xml.js';
import { textAnswer, xmlAnswer, type RestAnswer } from './rest-answer.js';
import { NAMESPACE, ownerOf, requireBucket, requireObject, type S3Context } from './s3-context.js';

const bucketInput = structure({ Bucket: text() }, ['Bucket']);
const objectInput = structure({ Bucket: text(), Key: text(1), VersionId: text() }, ['Bucket', 'Key']);

/** What a bucket answers for settings that it does not have; source: S3 API reference, errors and answers of each action, read 2026-11. */
const absent: readonly (readonly [action: string, code: string, message: string])[] = [
  ['GetBucketPolicy', 'NoSuchBucketPolicy', 'The bucket policy does not exist'],
  [
    'GetBucketLifecycleConfiguration',
    'NoSuchLifecycleConfiguration',
    'The lifecycle configuration does not exist',
  ],
  [
    'GetBucketWebsite',
    'NoSuchWebsiteConfiguration',
    'The specified bucket does not have a website configuration',
  ],
  ['GetBucketCors', 'NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
  [
    'GetBucketReplication',
    'ReplicationConfigurationNotFoundError',
    'The replication configuration was not found',
  ],
  [
    'GetObjectLockConfiguration',
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  ],
];

const empty: readonly (readonly [action: string, root: string, content: XmlElement])[] = [
  ['GetBucketVersioning', 'VersioningConfiguration', {}],
  ['GetBucketAccelerateConfiguration', 'AccelerateConfiguration', {}],
  ['GetBucketLogging', 'BucketLoggingStatus', {}],
  ['GetBucketNotificationConfiguration', 'NotificationConfiguration', {}],
  ['GetBucketRequestPayment', 'RequestPaymentConfiguration', { Payer: 'BucketOwner' }],
];

/** What a bucket and an object say of themselves to which nothing was added. */
export const defaultActions: Actions<S3Context> = new Map([
  ...absent.map(
    ([name, code, message]) =>
      [
        name,
        action(bucketInput, ({ Bucket }, { lake }: S3Context) => {
          requireBucket(lake, Bucket);
          throw new ServiceError(code, message, 404, { BucketName: Bucket });
        }),
      ] as const,
  ),
  ...empty.map(
    ([name, root, content]) =>
      [
        name,
        action(bucketInput, ({ Bucket }, { lake }: S3Context) => {
          requireBucket(lake, Bucket);
          return xmlAnswer(root, content);
        }),
      ] as const,
  ),
  [
    'GetBucketLocation',
    action(bucketInput, ({ Bucket }, { lake, region }: S3Context) => {
      requireBucket(lake, Bucket);
      const where = lake.records.bucket(Bucket)?.region ?? region;
      // The document is the element itself: empty for us-east-1.
      const name = where === 'us-east-1' ? '' : where.replaceAll(/[^a-z0-9-]/g, '');
      const document = xmlDocument('LocationConstraint', {}, NAMESPACE);
      return textAnswer(document.replace('></Loc', `>${name}</Loc`));
    }),
  ],
  [
    'GetBucketAcl',
    action(bucketInput, ({ Bucket }, { lake, accountId }: S3Context) => {
      requireBucket(lake, Bucket);
      return ownersOnly(accountId);
    }),
  ],
  [
    'GetObjectAcl',
    action(objectInput, ({ Bucket, Key }, { lake, accountId }: S3Context) => {
      requireObject(lake, Bucket, Key);
      return ownersOnly(accountId);
    }),
  ],
]);

/** The one grant of a bucket or object that its owner has not shared. */
function ownersOnly(accountId: string): RestAnswer {
  const Owner = ownerOf(accountId);
  const AccessControlList = { Grant: { Grantee: Owner, Permission: 'FULL_CONTROL' } };
  const text = xmlDocument('AccessControlPolicy', { Owner, AccessControlList }, NAMESPACE);
  const type = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"';
  return textAnswer(text.replace('<Grantee>', `<Grantee ${type}>`));
}
