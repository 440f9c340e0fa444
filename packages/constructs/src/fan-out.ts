import {
  Aws,
  RemovalPolicy,
  Stack,
  Validations,
  aws_iam as iam,
  aws_logs as logs,
  aws_stepfunctions as stepfunctions,
  Names,
  type aws_lambda as lambda,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { fanOutDefinition } from './fan-out-definition.js';

/** What a fan-out is made of. */
export interface FanOutProps {
  /** The function that generates a shard: {@link WorldGenerator.generate}. */
  readonly generate: lambda.IFunction;
  /** Name of the state machine. @defaultValue CloudFormation makes it up */
  readonly stateMachineName?: string;
  /** What becomes of the log when the stack goes. @defaultValue it stays */
  readonly removalPolicy?: RemovalPolicy;
}

/** Actions that a logged and traced state machine needs and that AWS gives no resources for. */
const actionsWithoutResources: readonly string[] = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];

/**
 * A state machine that sends a world shard by shard, with {@link fanOutDefinition}.
 *
 * @example
 * ```ts
 * import { FanOut, type WorldGenerator } from '@store/constructs';
 * import type { Stack } from 'aws-cdk-lib';
 *
 * export const shard = (stack: Stack, { generate }: WorldGenerator) => new FanOut(stack, 'FanOut', { generate });
 * ```
 */
export class FanOut extends Construct {
  /** The state machine. */
  readonly stateMachine: stepfunctions.CfnStateMachine;
  /** Role that it runs as. */
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: FanOutProps) {
    super(scope, id);
    const { generate, stateMachineName } = props;
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    this.role.addToPolicy(statement(['lambda:InvokeFunction'], generate.functionArn));
    this.role.addToPolicy(statement(actionsWithoutResources, '*'));
    // Below this prefix, a log group needs no policy of its own for each state machine (CloudWatch Logs User Guide).
    const logGroup = new logs.CfnLogGroup(this, 'Logs', {
      logGroupName: `/aws/vendedlogs/states/${stateMachineName ?? Names.uniqueResourceName(this, { maxLength: 100 })}`,
      retentionInDays: 14,
    });
    logGroup.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    this.stateMachine = new stepfunctions.CfnStateMachine(this, 'StateMachine', {
      ...(stateMachineName === undefined ? {} : { stateMachineName }),
      stateMachineType: 'STANDARD',
      roleArn: this.role.roleArn,
      definitionString: Stack.of(this).toJsonString(
        fanOutDefinition({ functionArn: generate.functionArn, partition: Aws.PARTITION }),
      ),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.attrArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    this.stateMachine.node.addDependency(this.role);
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'Log delivery and X-Ray have no resource-level permissions (Service Authorization Reference); every action is named.',
    });
    this.#allowDistributedMap();
  }

  /**
   * What a distributed map needs, as the CDK's `DistributedMap` grants it: to start its children as executions of the machine
   * itself, to look at them and stop them, and to redrive those that failed. A policy of its own, since it refers to the
   * machine, which waits for the role's.
   */
  #allowDistributedMap(): void {
    const { attrName, ref, logicalId } = this.stateMachine;
    const executions = (ending: string): string =>
      Stack.of(this).formatArn({ service: 'states', resource: `execution:${attrName}${ending}` });
    const policy = new iam.Policy(this, 'DistributedMapPolicy', {
      roles: [this.role],
      statements: [
        statement(['states:StartExecution'], ref),
        statement(['states:DescribeExecution', 'states:StopExecution'], executions(':*')),
        statement(['states:RedriveExecution'], executions('/*:*')),
      ],
    });
    for (const ending of [':*', '/*:*']) {
      Validations.of(policy).acknowledge({
        id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${Stack.of(this).resolve(logicalId) as string}.Name>${ending}]`,
        reason: 'Names of executions are chosen when they start; the machine is named.',
      });
    }
  }
}

const statement = (actions: readonly string[], resource: string): iam.PolicyStatement =>
  new iam.PolicyStatement({ actions: [...actions], resources: [resource] });
