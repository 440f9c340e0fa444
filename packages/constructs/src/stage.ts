import { RemovalPolicy } from 'aws-cdk-lib';
import { checkArgument, text } from '@store/foundation';
import { invalidOption } from './errors.js';

/** One deployment of the whole: its name is in every resource's name. */
export interface Stage {
  /** Name of the stage, part of the name of each resource. */
  readonly name: string;
  /** Data and stacks outlive mistakes. */
  readonly permanent: boolean;
}

const stageName = text('up to 12 lower-case letters and digits', /^[a-z][a-z0-9]{0,11}$/);

/**
 * Returns the stage of this name; `prod` is the permanent one.
 *
 * @example
 * ```ts
 * import { nameOf, stageOf } from '@store/constructs';
 *
 * console.log(nameOf(stageOf('dev'), 'lake')); // store-dev-lake
 * ```
 *
 * @throws ConstructsError `INVALID_OPTION`
 */
export function stageOf(name: string): Stage {
  checkArgument('stage', name, stageName, invalidOption);
  return { name, permanent: name === 'prod' };
}

/** Says what becomes of data when its stack goes. */
export const removalOf = ({ permanent }: Stage): RemovalPolicy =>
  permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

/** Returns the name of a resource: `store-dev-generate`. */
export const nameOf = ({ name }: Stage, what: string): string => `store-${name}-${what}`;
