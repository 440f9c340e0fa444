import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { nameOf, stageOf } from '@store/constructs';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CoreStack } from './core-stack.js';
import { FanOutStack } from './fan-out-stack.js';

/** How the app is put together. */
export interface StoreAppOptions {
  /** @defaultValue the context value `stage`, or `dev` */
  readonly stage?: string;
  /** Delivery streams, 1 to 100. @defaultValue the context value `streams`, or 1 */
  readonly streams?: number;
  /** Folder of the built bundles. */
  readonly bundles: string;
  /** Where the assembly goes. @defaultValue cdk.out */
  readonly outdir?: string;
}

/** Both stacks of a stage, with every rule of AwsSolutions held against them: a finding fails the synthesis. */
export function createStoreApp({ stage, streams, bundles, outdir }: StoreAppOptions): App {
  const app = new App({
    analyticsReporting: false,
    context: recommendedFlags(),
    ...(outdir === undefined ? {} : { outdir }),
  });
  const context = (name: string): string | undefined => {
    const value: unknown = app.node.tryGetContext(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const settings = stageOf(stage ?? context('stage') ?? 'dev');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const core = new CoreStack(app, nameOf(settings, 'core'), {
    stage: settings,
    bundles,
    streams: streamCount(streams ?? Number(context('streams') ?? 1)),
    description: 'Inventory events to Firehose, Parquet, SQL and delivery trucks.',
  });
  const fanOut = new FanOutStack(app, nameOf(settings, 'fan-out'), {
    stage: settings,
    description: 'A world of stores, shard by shard.',
  });
  fanOut.addStackDependency(core);
  return app;
}

/** A hundred names fit into the function's environment (4 KB), a hundred ARNs into its policy (10,240 characters). */
function streamCount(value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
  throw new RangeError(`Expected \`streams\` to be a whole number from 1 to 100, got ${value}.`);
}

/** Every flag as this version of the CDK recommends it for new apps; its version is pinned, and so are they. */
function recommendedFlags(): Readonly<Record<string, unknown>> {
  const file = createRequire(import.meta.url).resolve('aws-cdk-lib/recommended-feature-flags.json');
  // A parse boundary: the library's own list of flags.
  return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
}
