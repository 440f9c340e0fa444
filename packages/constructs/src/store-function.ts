import {
  Duration,
  RemovalPolicy,
  Validations,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  type aws_sqs as sqs,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { named, type ConstructProps } from './construct-props.js';
import { ConstructsError } from './errors.js';

/** What differs between the functions. */
interface StoreFunctionProps extends Omit<ConstructProps, 'alarmTopic'> {
  readonly name: 'generate' | 'ingest' | 'plan' | 'dispatch' | 'door';
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /** Where asynchronous invocations end that failed for good. */
  readonly deadLetterQueue: sqs.IQueue;
}

/** How long a function may work on a message: its timeout. Queues hide messages six times as long, as AWS advises. */
export const consumerTimeout: Duration = Duration.seconds(60);

/** The bundles that this package brings along: beside its JavaScript, also where it runs from its sources. */
const bundlesOfPackage = join(import.meta.dirname, '..', 'dist', 'functions');

/** A function with a role of its own, a log group with an end, JSON logs, and no retries that nobody asked for. */
export function createFunction(scope: Construct, props: StoreFunctionProps): lambda.Function {
  const { name, timeout, environment, deadLetterQueue, namePrefix, functionProps = {} } = props;
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  const folder = join(props.bundles ?? bundlesOfPackage, name);
  if (!existsSync(join(folder, 'index.mjs'))) {
    throw new ConstructsError(
      'bundles',
      `Expected ${folder} to hold index.mjs. In a clone, build it: npm run build -- @store/constructs.`,
    );
  }
  const logGroup = new logs.LogGroup(scope, `${id}Logs`, {
    retention: logs.RetentionDays.TWO_WEEKS,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    ...(namePrefix === undefined ? {} : { logGroupName: `/aws/lambda/${namePrefix}-${name}` }),
  });
  const made = new lambda.Function(scope, id, {
    ...named('functionName', namePrefix, name),
    description: `Store inventory: ${name}`,
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(folder, { exclude: ['*.map'] }),
    role: roleOf(scope, `${id}Role`, logGroup, functionProps),
    memorySize: 1769,
    timeout,
    logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
    applicationLogLevelV2: lambda.ApplicationLogLevel.INFO,
    systemLogLevelV2: lambda.SystemLogLevel.WARN,
    deadLetterQueue,
    recursiveLoop: lambda.RecursiveLoop.TERMINATE,
    retryAttempts: 2,
    maxEventAge: Duration.seconds(Math.min(21_600, timeout.toSeconds() * 4 + 300)),
    ...functionProps,
    environment: { ...environment, POWERTOOLS_SERVICE_NAME: name, ...functionProps.environment },
  });
  return made;
}

/** A role whose policies say all that the function may do; the CDK's own would have a managed policy for logs. */
function roleOf(
  scope: Construct,
  id: string,
  logGroup: logs.LogGroup,
  { vpc }: lambda.FunctionOptions,
): iam.Role {
  const role = new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  if (vpc !== undefined) {
    const policy = 'service-role/AWSLambdaVPCAccessExecutionRole';
    role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(policy));
    Validations.of(role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
      reason: 'A function in a VPC makes network interfaces, which have no resource-level permissions.',
    });
  }
  return role;
}
