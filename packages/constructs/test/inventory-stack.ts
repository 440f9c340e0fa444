import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnParameter, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import {
  createAlarms,
  createCatalog,
  createDashboard,
  createDeliveryStreams,
  createFunctions,
  createLake,
  createQueues,
  createSchedules,
  createWorkGroup,
  stageOf,
} from '../src/index.js';

export type Json = Readonly<Record<string, unknown>>;

/** A synthesized stack of everything. */
export interface Synthesis {
  resources(type: string): readonly { readonly id: string; readonly properties: Json }[];
  /** Findings of AwsSolutions. */
  readonly violations: readonly unknown[];
}

/** Synthesizes a stack with every construct of the package; the functions' code is empty. */
export function synthesizeInventory(streams = 1): Synthesis {
  const outdir = mkdtempSync(join(tmpdir(), 'store-constructs-'));
  const bundles = join(outdir, 'bundles');
  for (const name of ['generate', 'ingest', 'plan', 'dispatch']) {
    mkdirSync(join(bundles, name), { recursive: true });
    writeFileSync(join(bundles, name, 'index.mjs'), 'export const handler = async () => undefined;\n');
  }
  const flags = createRequire(import.meta.url).resolve('aws-cdk-lib/recommended-feature-flags.json');
  const context = JSON.parse(readFileSync(flags, 'utf8')) as Record<string, unknown>;
  const app = new App({ analyticsReporting: false, outdir: join(outdir, 'cdk.out'), context });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stack = new Stack(app, 'inventory');
  const stage = stageOf('dev');
  const lake = createLake(stack, stage);
  const catalog = createCatalog(stack, stage, lake);
  const deliveryStreams = createDeliveryStreams(stack, stage, { lake, catalog, count: streams });
  const queues = createQueues(stack, stage);
  const workGroup = createWorkGroup(stack, stage);
  const webhook = {
    url: new CfnParameter(stack, 'WebhookUrl', { default: '' }),
    secret: new CfnParameter(stack, 'WebhookSecret', { default: '', noEcho: true }),
  };
  const functions = createFunctions(stack, stage, {
    bundles,
    lake,
    catalog,
    deliveryStreams,
    queues,
    workGroup,
    webhook,
  });
  createSchedules(stack, stage, functions, queues);
  createDashboard(stack, stage, createAlarms(stack, stage, { deliveryStreams, functions, queues }));
  app.synth();

  const read = (file: string): Json => JSON.parse(readFileSync(join(app.outdir, file), 'utf8')) as Json;
  const all = Object.entries(
    read('inventory.template.json').Resources as Record<string, { Type: string; Properties?: Json }>,
  );
  // The file is there because the rules ran; a plugin that finds nothing has no report in it.
  const reports = read('validation-report.json').pluginReports as readonly { violations: unknown[] }[];
  return {
    resources: (type) =>
      all
        .filter(([, { Type }]) => Type === type)
        .map(([id, { Properties = {} }]) => ({ id, properties: Properties })),
    violations: reports.flatMap(({ violations }) => violations),
  };
}
