import { RemovalPolicy } from 'aws-cdk-lib';

/** One deployment of the whole: its name is in every resource's name. */
export interface Stage {
  readonly name: string;
  /** Data and stacks outlive mistakes. */
  readonly permanent: boolean;
}

/** A stage by its name; `prod` is the permanent one. */
export function stageOf(name: string): Stage {
  if (!/^[a-z][a-z0-9]{0,11}$/.test(name)) {
    throw new RangeError(`Expected \`stage\` to be up to 12 lower-case letters and digits, got '${name}'.`);
  }
  return { name, permanent: name === 'prod' };
}

/** What becomes of data when its stack goes. */
export const removalOf = ({ permanent }: Stage): RemovalPolicy =>
  permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

/** Name of a resource: `store-dev-generate`. */
export const nameOf = ({ name }: Stage, what: string): string => `store-${name}-${what}`;
