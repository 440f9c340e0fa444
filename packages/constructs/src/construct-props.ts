import {
  RemovalPolicy,
  type aws_lambda as lambda,
  type aws_sns as sns,
  type aws_sqs as sqs,
} from 'aws-cdk-lib';
import { having, satisfying, text, type OptionRules } from '@store/foundation';

/** What every construct of this package takes. */
export interface ConstructProps {
  /**
   * What physical names begin with: up to 24 lower-case letters, digits and hyphens, `store-prod` for one. Two of the same name do not
   * fit into an account and a region, and an update that replaces something named fails.
   *
   * @defaultValue CloudFormation makes names up
   */
  readonly namePrefix?: string;
  /** What becomes of data when the stack goes. @defaultValue it stays */
  readonly removalPolicy?: RemovalPolicy;
  /** Topic that alarms are sent to; it lets CloudWatch publish. @defaultValue no alarms */
  readonly alarmTopic?: sns.ITopic;
  /** Queue of what failed for good: invocations, and records that are rejected. @defaultValue one is made where there is a function */
  readonly deadLetterQueue?: sqs.IQueue;
  /** Overrides of the functions: their VPC, memory, layers. `environment` is added to theirs. @defaultValue none */
  readonly functionProps?: lambda.FunctionOptions;
  /** Folder with the built functions, each a folder with `index.mjs`. @defaultValue those in this package */
  readonly bundles?: string;
}

const object = satisfying('an object', (value) => typeof value === 'object' && value !== null);

/** What {@link ConstructProps} are checked by. */
export const constructRules: OptionRules<ConstructProps> = {
  namePrefix: text('up to 24 lower-case letters, digits and hyphens', /^[a-z][a-z0-9-]{0,22}[a-z0-9]$/),
  removalPolicy: satisfying('a RemovalPolicy', (value) =>
    Object.values(RemovalPolicy).includes(value as RemovalPolicy),
  ),
  alarmTopic: having('grantPublish'),
  deadLetterQueue: having('grantSendMessages'),
  functionProps: object,
  bundles: text('a folder'),
};

/** The property that names a resource, or nothing where CloudFormation is to make a name up. */
export function named<Key extends string>(
  key: Key,
  namePrefix: string | undefined,
  what: string,
): Partial<Record<Key, string>> {
  return namePrefix === undefined ? {} : ({ [key]: `${namePrefix}-${what}` } as Record<Key, string>);
}
