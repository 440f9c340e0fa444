import {
  Aws,
  CfnOutput,
  Stack,
  Validations,
  aws_iam as iam,
  aws_logs as logs,
  aws_stepfunctions as stepfunctions,
  type StackProps,
} from 'aws-cdk-lib';
import { fanOutDefinition, nameOf, removalOf, type Stage } from '@store/constructs';
import type { Construct } from 'constructs';

/** What the fan-out stack is made of. */
export interface FanOutStackProps extends StackProps {
  readonly stage: Stage;
}

/** Actions that a logged and traced state machine needs and that AWS gives no resources for. */
export const actionsWithoutResources: readonly string[] = [
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

/** Step Functions over the core stack's `generate`. Deployed apart, so that who needs one function has no state machine. */
export class FanOutStack extends Stack {
  constructor(scope: Construct, id: string, { stage, ...props }: FanOutStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.permanent });
    const name = nameOf(stage, 'fan-out');
    const arn = (service: string, resource: string): string => this.formatArn({ service, resource });
    const functionArn = arn('lambda', `function:${nameOf(stage, 'generate')}`);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const allow = (actions: readonly string[], resource: string): void => {
      role.addToPolicy(new iam.PolicyStatement({ actions: [...actions], resources: [resource] }));
    };
    allow(['lambda:InvokeFunction'], functionArn);
    // A distributed map starts its children as executions of the machine itself.
    allow(['states:StartExecution'], arn('states', `stateMachine:${name}`));
    allow(actionsWithoutResources, '*');
    const logGroup = new logs.CfnLogGroup(this, 'Logs', {
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retentionInDays: 14,
    });
    logGroup.applyRemovalPolicy(removalOf(stage));
    const machine = new stepfunctions.CfnStateMachine(this, 'FanOut', {
      stateMachineName: name,
      stateMachineType: 'STANDARD',
      roleArn: role.roleArn,
      definitionString: this.toJsonString(fanOutDefinition(functionArn)),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.attrArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    machine.node.addDependency(role);
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'Log delivery and X-Ray have no resource-level permissions (Service Authorization Reference); every action is named.',
    });
    new CfnOutput(this, 'FanOutCommand', {
      value: `aws stepfunctions start-execution --state-machine-arn ${machine.ref} --input '{"shards":64,"world":{"seed":42,"stores":5000,"days":7}}'`,
    });
  }
}
