import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CoreStack } from './core-stack.js';
import { FanOutStack } from './fan-out-stack.js';
import { nameOf, stageOf } from './stage.js';

/** How the app is put together. */
export interface StoreAppOptions {
  /** @defaultValue the context value `stage`, or `dev` */
  readonly stage?: string;
  /** Folder of the built bundles. */
  readonly bundles: string;
  /** Where the assembly goes. @defaultValue cdk.out */
  readonly outdir?: string;
}

/** Both stacks of a stage, with every rule of AwsSolutions held against them: a finding fails the synthesis. */
export function createStoreApp({ stage, bundles, outdir }: StoreAppOptions): App {
  const app = new App({ analyticsReporting: false, ...(outdir === undefined ? {} : { outdir }) });
  const context: unknown = app.node.tryGetContext('stage');
  const settings = stageOf(stage ?? (typeof context === 'string' ? context : 'dev'));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const core = new CoreStack(app, nameOf(settings, 'core'), {
    stage: settings,
    bundles,
    description: 'Inventory events to Firehose, Parquet, SQL and delivery trucks.',
  });
  const fanOut = new FanOutStack(app, nameOf(settings, 'fan-out'), {
    stage: settings,
    description: 'A world of stores, shard by shard.',
  });
  fanOut.addStackDependency(core);
  return app;
}
