import { Aws, aws_iam as iam, aws_scheduler as scheduler } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Functions } from './functions.js';
import type { Queues } from './queues.js';
import { nameOf, type Stage } from './stage.js';

/**
 * Creates the schedules, disabled: nobody pays for events that nobody asked for. Each passes its own time on, so that a
 * retry makes the same events and plans the same window. Two retries, not the service's 185.
 *
 * @example
 * ```ts
 * import { createSchedules, type Functions, type Queues, type Stage } from '@store/constructs';
 * import type { Stack } from 'aws-cdk-lib';
 *
 * export function scheduleEverything(stack: Stack, stage: Stage, functions: Functions, queues: Queues) {
 *   return createSchedules(stack, stage, functions, queues).map(({ name }) => name);
 * }
 * ```
 */
export function createSchedules(
  scope: Construct,
  stage: Stage,
  { generate, plan }: Functions,
  { dead }: Queues,
): readonly scheduler.CfnSchedule[] {
  const role = new iam.Role(scope, 'SchedulerRole', {
    assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  });
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [generate.function.attrArn, plan.function.attrArn],
    }),
  );
  role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dead.queueArn] }));
  const schedule = (id: string, expression: string, arn: string, input: object): scheduler.CfnSchedule => {
    const made = new scheduler.CfnSchedule(scope, id, {
      name: nameOf(stage, id.toLowerCase()),
      state: 'DISABLED',
      scheduleExpression: expression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn,
        roleArn: role.roleArn,
        input: JSON.stringify(input),
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 300 },
        deadLetterConfig: { arn: dead.queueArn },
      },
    });
    made.node.addDependency(role);
    return made;
  };
  const time = '<aws.scheduler.scheduled-time>';
  return [
    schedule('Daily', 'cron(5 0 * * ? *)', generate.function.attrArn, { start: time, days: 1 }),
    schedule('Hourly', 'cron(20 * * * ? *)', plan.function.attrArn, { at: time }),
  ];
}
