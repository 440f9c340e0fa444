import { Aws, Duration, aws_iam as iam, aws_s3 as s3 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { removalOf, type Stage } from './stage.js';

/** Prefix of the objects that queries read. */
export const lakePrefix = 'inventory/';

/**
 * Creates the bucket of Parquet files and delivery errors, and the one that logs access to it; returns the first.
 *
 * @example
 * ```ts
 * import { createLake, stageOf } from '@store/constructs';
 * import { App, CfnOutput, Stack } from 'aws-cdk-lib';
 *
 * const stack = new Stack(new App(), 'inventory');
 * new CfnOutput(stack, 'Lake', { value: createLake(stack, stageOf('dev')).bucketName });
 * ```
 */
export function createLake(scope: Construct, stage: Stage): s3.Bucket {
  const common = {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: removalOf(stage),
  };
  const accessLogs = new s3.Bucket(scope, 'AccessLogs', {
    ...common,
    lifecycleRules: [{ expiration: Duration.days(30) }],
  });
  const lake = new s3.Bucket(scope, 'Lake', {
    ...common,
    versioned: stage.permanent,
    lifecycleRules: [
      { prefix: 'errors/', expiration: Duration.days(30) },
      { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ...(stage.permanent
        ? [{ noncurrentVersionExpiration: Duration.days(30) }]
        : [{ expiration: Duration.days(30) }]),
    ],
  });
  const plain = lake.node.defaultChild;
  if (plain instanceof s3.CfnBucket) {
    plain.loggingConfiguration = { destinationBucketName: accessLogs.bucketName, logFilePrefix: 'lake/' };
  }
  accessLogs.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [accessLogs.arnForObjects('lake/*')],
      conditions: {
        ArnLike: { 'aws:SourceArn': lake.bucketArn },
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      },
    }),
  );
  return lake;
}

/**
 * Lets a role write or read objects. It stands in the bucket's policy, one statement for each principal and
 * prefix, since a prefix needs a wildcard and no identity policy of this stack has one.
 */
export function allowObjects(
  lake: s3.Bucket,
  role: iam.IRole,
  access: 'read' | 'write',
  prefixes: readonly string[],
): void {
  const objectActions =
    access === 'write' ? ['s3:PutObject', 's3:AbortMultipartUpload', 's3:GetObject'] : ['s3:GetObject'];
  const bucketActions = [
    's3:GetBucketLocation',
    's3:ListBucket',
    ...(access === 'write' ? ['s3:ListBucketMultipartUploads'] : []),
  ];
  const principals = [new iam.ArnPrincipal(role.roleArn)];
  lake.addToResourcePolicy(
    new iam.PolicyStatement({ principals, actions: bucketActions, resources: [lake.bucketArn] }),
  );
  lake.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: objectActions,
      resources: prefixes.map((prefix) => lake.arnForObjects(`${prefix}*`)),
    }),
  );
}
