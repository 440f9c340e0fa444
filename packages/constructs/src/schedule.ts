import {
  Aws,
  aws_iam as iam,
  aws_scheduler as scheduler,
  type aws_lambda as lambda,
  type aws_sqs as sqs,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What a schedule calls, and when. */
interface ScheduleProps {
  readonly target: lambda.IFunction;
  /** Where calls end that failed for good. */
  readonly dead: sqs.IQueue;
  readonly expression: string;
  readonly input: object;
  readonly enabled: boolean;
  readonly name?: string;
}

/**
 * Creates a schedule that passes its own time on, so that a retry makes the same events and plans the same window. Two retries,
 * not the service's 185.
 */
export function createSchedule(scope: Construct, props: ScheduleProps): scheduler.CfnSchedule {
  const { target, dead, expression, input, enabled, name } = props;
  const role = new iam.Role(scope, 'SchedulerRole', {
    assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  });
  role.addToPolicy(
    new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }),
  );
  dead.grantSendMessages(role);
  const made = new scheduler.CfnSchedule(scope, 'Schedule', {
    ...(name === undefined ? {} : { name }),
    state: enabled ? 'ENABLED' : 'DISABLED',
    scheduleExpression: expression,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: target.functionArn,
      roleArn: role.roleArn,
      input: JSON.stringify(input),
      retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 300 },
      deadLetterConfig: { arn: dead.queueArn },
    },
  });
  made.node.addDependency(role);
  return made;
}
