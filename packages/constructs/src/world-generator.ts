import {
  Duration,
  RemovalPolicy,
  type aws_cloudwatch as cloudwatch,
  type aws_lambda as lambda,
  type aws_scheduler as scheduler,
} from 'aws-cdk-lib';
import { checkOptions, required, satisfying, type OptionRules } from '@store/foundation';
import { Construct } from 'constructs';
import { createAlarms, failuresOf } from './alarms.js';
import { constructRules, named, type ConstructProps } from './construct-props.js';
import { invalidOption } from './errors.js';
import { InventoryLake } from './inventory-lake.js';
import { createDeadLetters } from './lake-intake.js';
import { createSchedule } from './schedule.js';
import { createFunction } from './store-function.js';

/** What a generator of events is made of. */
export interface WorldGeneratorProps extends ConstructProps {
  /** The lake that the events go to. */
  readonly lake: InventoryLake;
  /** A day of events at 00:05 UTC, if somebody enables it. @defaultValue false: no schedule */
  readonly daily?: boolean;
}

const rules: OptionRules<WorldGeneratorProps> = {
  ...constructRules,
  lake: required(satisfying('an InventoryLake', (value) => value instanceof InventoryLake)),
  daily: satisfying('true or false', (value) => typeof value === 'boolean'),
};

/**
 * Simulated stores: a function that sends the events of a world to a lake's delivery streams, as much of it as its input asks
 * for.
 *
 * @example
 * ```ts
 * import { WorldGenerator, type InventoryLake } from '@store/constructs';
 * import type { Stack } from 'aws-cdk-lib';
 *
 * export const simulate = (stack: Stack, lake: InventoryLake) => new WorldGenerator(stack, 'World', { lake });
 * ```
 *
 * @throws ConstructsError `INVALID_OPTION`
 */
export class WorldGenerator extends Construct {
  /** Simulates stores and sends their events. */
  readonly generate: lambda.Function;
  /** The schedule, disabled; undefined without `daily`. */
  readonly schedule: scheduler.CfnSchedule | undefined;
  /** Alarms; none without `alarmTopic`. */
  readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: WorldGeneratorProps) {
    super(scope, id);
    checkOptions(props, rules, invalidOption);
    const { lake, daily = false, namePrefix, functionProps, bundles } = props;
    const dead =
      props.deadLetterQueue ??
      lake.deadLetterQueue ??
      createDeadLetters(this, 'Dead', undefined, { what: 'failed', source: '' });
    this.generate = createFunction(this, {
      deadLetterQueue: dead,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      ...(namePrefix === undefined ? {} : { namePrefix }),
      ...(functionProps === undefined ? {} : { functionProps }),
      ...(bundles === undefined ? {} : { bundles }),
      name: 'generate',
      timeout: Duration.minutes(5),
      environment: { STREAM_NAMES: lake.streamNames.join(','), MAX_EVENTS: '5000000' },
    });
    lake.grantWrite(this.generate);
    this.schedule = daily
      ? createSchedule(this, {
          target: this.generate,
          dead,
          expression: 'cron(5 0 * * ? *)',
          input: { start: '<aws.scheduler.scheduled-time>', days: 1 },
          enabled: false,
          ...named('name', namePrefix, 'daily'),
        })
      : undefined;
    this.alarms = createAlarms(this, props.alarmTopic, [failuresOf('GenerateFailed', this.generate)]);
  }
}
