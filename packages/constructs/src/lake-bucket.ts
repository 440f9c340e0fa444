import {
  Aws,
  Duration,
  RemovalPolicy,
  Stack,
  Validations,
  aws_iam as iam,
  aws_s3 as s3,
  type aws_kms as kms,
  type aws_sqs as sqs,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConstructsError } from './errors.js';

/** Prefix of the files that `ingest` may read when it is told of them. */
export const incomingPrefix = 'incoming/';

/** Prefix of rejected records that are too long, or too many, for a message. */
export const rejectsPrefix = 'rejects/';

/** Prefix of what `ingest` remembers of shelves that it counts. */
export const shelvesPrefix = 'shelves/';

/** Prefix of records that could not be delivered. */
export const errorsPrefix = 'errors/';

/** A bucket, brought or made: under `exactOptionalPropertyTypes`, the CDK's `Bucket` does not fit its own interface. */
export type LakeBucket = s3.IBucket | s3.Bucket;

/** What the bucket is made with. */
interface LakeBucketProps {
  readonly encryptionKey?: kms.IKey | undefined;
  readonly removalPolicy: RemovalPolicy;
}

/** The bucket of Parquet files and delivery errors, and the one that logs access to it; returns the first. */
export function createBucket(scope: Construct, { encryptionKey, removalPolicy }: LakeBucketProps): s3.Bucket {
  const stays = removalPolicy !== RemovalPolicy.DESTROY;
  const common = {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy,
  };
  // S3 writes access logs into buckets with its own keys alone (S3 User Guide, "Enabling server access logging").
  const accessLogs = new s3.Bucket(scope, 'AccessLogs', {
    ...common,
    encryption: s3.BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ expiration: Duration.days(30) }],
  });
  const bucket = new s3.Bucket(scope, 'Bucket', {
    ...common,
    ...(encryptionKey === undefined
      ? { encryption: s3.BucketEncryption.S3_MANAGED }
      : { encryption: s3.BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    versioned: stays,
    lifecycleRules: [
      { prefix: errorsPrefix, expiration: Duration.days(30) },
      { prefix: rejectsPrefix, expiration: Duration.days(30) },
      { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ...(stays ? [{ noncurrentVersionExpiration: Duration.days(30) }] : [{ expiration: Duration.days(30) }]),
    ],
  });
  const plain = bucket.node.defaultChild;
  if (plain instanceof s3.CfnBucket) {
    plain.loggingConfiguration = { destinationBucketName: accessLogs.bucketName, logFilePrefix: 'lake/' };
  }
  accessLogs.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [accessLogs.arnForObjects('lake/*')],
      conditions: {
        ArnLike: { 'aws:SourceArn': bucket.bucketArn },
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      },
    }),
  );
  return bucket;
}

/**
 * Sends a note of each file below `incoming/` to a queue: what `ingest` then reads. The queue takes them from S3 in this
 * account alone; it names no bucket, since the bucket needs the queue's policy before it can be made.
 */
export function notifyOfFiles(bucket: LakeBucket, queue: sqs.Queue): void {
  const plain = bucket.node.defaultChild;
  if (!(plain instanceof s3.CfnBucket) || plain.notificationConfiguration !== undefined) {
    throw new ConstructsError(
      'sources',
      'Expected `LakeSource.files()` with the bucket that the lake makes, got a bucket of your own. Send its S3 notifications to `ingestQueue`.',
    );
  }
  const { policyDependable } = queue.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('s3.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  plain.notificationConfiguration = {
    queueConfigurations: [
      {
        event: 's3:ObjectCreated:*',
        filter: { s3Key: { rules: [{ name: 'prefix', value: incomingPrefix }] } },
        queue: queue.queueArn,
      },
    ],
  };
  if (policyDependable !== undefined) plain.node.addDependency(policyDependable);
}

const bucketActions = ['s3:GetBucketLocation', 's3:ListBucket'];
/** What an access to objects is made of. */
interface Access {
  readonly ofObjects: readonly string[];
  readonly ofBucket: readonly string[];
  readonly ofKey: readonly string[];
}

/** What somebody does with objects. */
type ObjectAccess = 'read' | 'readVersion' | 'write' | 'commit' | 'put';

const actions: Readonly<Record<ObjectAccess, Access>> = {
  read: { ofObjects: ['s3:GetObject'], ofBucket: bucketActions, ofKey: ['kms:Decrypt'] },
  /** A notification of a bucket with versions names one, which takes an action of its own (S3 API, GetObject). */
  readVersion: {
    ofObjects: ['s3:GetObject', 's3:GetObjectVersion'],
    ofBucket: bucketActions,
    ofKey: ['kms:Decrypt'],
  },
  write: {
    ofObjects: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:GetObject'],
    ofBucket: [...bucketActions, 's3:ListBucketMultipartUploads'],
    ofKey: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  /** What a writer of Iceberg needs: it also takes back what it could not commit. */
  commit: {
    ofObjects: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:GetObject', 's3:DeleteObject'],
    ofBucket: [...bucketActions, 's3:ListBucketMultipartUploads'],
    ofKey: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  put: { ofObjects: ['s3:PutObject'], ofBucket: [], ofKey: ['kms:GenerateDataKey'] },
};

/**
 * Lets somebody write, read or put objects; who puts may not read. It is in the bucket's policy, one
 * statement for each principal and prefix, since a prefix needs a wildcard and an identity policy should have
 * none. The policy of a bucket that is only known by its name cannot be changed here, and that of another
 * stack must not know a role of this one: there it is in the identity's.
 */
export function allowObjects(
  bucket: LakeBucket,
  grantee: iam.IGrantable,
  access: ObjectAccess,
  prefixes: readonly string[],
): void {
  const { ofObjects, ofBucket, ofKey } = actions[access];
  const { grantPrincipal: principal } = grantee;
  const isNear = Construct.isConstruct(principal) && Stack.of(principal) === Stack.of(bucket);
  const add = (allowed: readonly string[], resources: readonly string[]): void => {
    if (allowed.length === 0) return;
    const statement = { actions: [...allowed], resources: [...resources] };
    const inPolicy =
      isNear &&
      bucket.addToResourcePolicy(new iam.PolicyStatement({ ...statement, principals: [principal] }))
        .statementAdded;
    if (inPolicy) return;
    principal.addToPrincipalPolicy(new iam.PolicyStatement(statement));
    if (!Construct.isConstruct(principal)) return;
    for (const resource of resources.filter((one) => one.endsWith('*'))) {
      Validations.of(principal).acknowledge({
        id: `AwsSolutions::AwsSolutions-IAM5[Resource::${findingOf(bucket, resource)}]`,
        reason: 'Objects of a bucket whose policy is not of this stack; the prefix is named.',
      });
    }
  };
  add(ofBucket, [bucket.bucketArn]);
  add(
    ofObjects,
    prefixes.map((prefix) => bucket.arnForObjects(`${prefix}*`)),
  );
  if (bucket.encryptionKey !== undefined) {
    principal.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: [...ofKey], resources: [bucket.encryptionKey.keyArn] }),
    );
  }
}

/** A resource as cdk-nag writes it: what is in angle brackets is a reference. */
function findingOf(bucket: LakeBucket, resource: string): string {
  const resolved: unknown = Stack.of(bucket).resolve(resource);
  const parts = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const {
      Ref: ref,
      'Fn::GetAtt': attribute,
      'Fn::Join': join,
    } = value as Readonly<Record<string, unknown>>;
    if (typeof ref === 'string') return `<${ref}>`;
    if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
    if (Array.isArray(join)) return (join[1] as readonly unknown[]).map(parts).join(String(join[0]));
    return JSON.stringify(value);
  };
  return parts(resolved);
}
