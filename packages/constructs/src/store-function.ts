import {
  type Duration,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_s3_assets as assets,
  type aws_sqs as sqs,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { join } from 'node:path';
import { nameOf, removalOf, type Stage } from './stage.js';

/** What differs between the functions. */
export interface StoreFunctionOptions {
  readonly name: 'generate' | 'ingest' | 'plan' | 'dispatch';
  /** Folder of the built bundles. */
  readonly bundles: string;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /** Where asynchronous invocations end that failed for good. */
  readonly dead: sqs.Queue;
}

/** A function and the role whose policies say all that it may do. */
export interface StoreFunction {
  /** The function as a CloudFormation resource. */
  readonly function: lambda.CfnFunction;
  /** Role that the function runs as. */
  readonly role: iam.Role;
  /** Name of the function. */
  readonly name: string;
}

/** A function as plain resources: own role, own log group with an end, JSON logs, no retries that nobody asked for. */
export function createFunction(scope: Construct, stage: Stage, options: StoreFunctionOptions): StoreFunction {
  const { name, bundles, timeout, environment, dead } = options;
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  const functionName = nameOf(stage, name);
  const logGroup = new logs.CfnLogGroup(scope, `${id}Logs`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retentionInDays: 14,
  });
  logGroup.applyRemovalPolicy(removalOf(stage));
  const role = new iam.Role(scope, `${id}Role`, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
  });
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.attrArn],
    }),
  );
  role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dead.queueArn] }));
  const code = new assets.Asset(scope, `${id}Code`, { path: join(bundles, name), exclude: ['*.map'] });
  const made = new lambda.CfnFunction(scope, id, {
    functionName,
    description: `Store inventory: ${name}`,
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    handler: 'index.handler',
    code: { s3Bucket: code.s3BucketName, s3Key: code.s3ObjectKey },
    role: role.roleArn,
    memorySize: 1769,
    timeout: timeout.toSeconds(),
    environment: { variables: { ...environment, POWERTOOLS_SERVICE_NAME: name, STAGE: stage.name } },
    loggingConfig: {
      logFormat: 'JSON',
      applicationLogLevel: 'INFO',
      systemLogLevel: 'WARN',
      logGroup: logGroup.ref,
    },
    deadLetterConfig: { targetArn: dead.queueArn },
    recursiveLoop: 'Terminate',
  });
  made.node.addDependency(role);
  new lambda.CfnEventInvokeConfig(scope, `${id}Invocations`, {
    functionName: made.ref,
    qualifier: '$LATEST',
    maximumRetryAttempts: 2,
    maximumEventAgeInSeconds: Math.min(21_600, timeout.toSeconds() * 4 + 300),
  });
  return { function: made, role, name: functionName };
}
