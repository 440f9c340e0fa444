import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { StoreApp, type StoreAppProps } from '../src/index.js';
import type { Json, PlainTemplate } from './resolved-template.js';

/** The longest name that a stage may have. */
export const longestStage = 'abcdefghijkl';

/** One stack of an app. */
export interface SynthesizedStack {
  readonly name: string;
  readonly template: PlainTemplate;
  /** The template as it is deployed. */
  readonly text: string;
  readonly resources: (type: string) => readonly { readonly id: string; readonly properties: Json }[];
}

/** A synthesized app. */
export interface Synthesis {
  stack(name: string): SynthesizedStack;
  /** Findings of AwsSolutions, those that are acknowledged aside. */
  readonly violations: readonly unknown[];
  /** Paths of constructs with an acknowledged finding, and its reason. */
  readonly acknowledged: readonly string[];
}

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

/** Functions with no code, for apps whose templates alone are looked at. */
export function emptyBundles(): string {
  const bundles = mkdtempSync(join(tmpdir(), 'store-bundles-'));
  for (const name of ['generate', 'ingest', 'plan', 'dispatch', 'door']) {
    mkdirSync(join(bundles, name));
    writeFileSync(join(bundles, name, 'index.mjs'), 'export const handler = async () => undefined;\n');
  }
  return bundles;
}

/**
 * Synthesizes what is built into an app, with every flag that the CDK recommends.
 *
 * @param rules - Whether cdk-nag looks at it, and the CDK's own check, which take seconds.
 */
export function synthesize(build: (app: App) => void, rules = true): Synthesis {
  const flags = createRequire(import.meta.url).resolve('aws-cdk-lib/recommended-feature-flags.json');
  const context = JSON.parse(readFileSync(flags, 'utf8')) as Record<string, unknown>;
  const outdir = mkdtempSync(join(tmpdir(), 'store-constructs-'));
  const app = new App({ analyticsReporting: false, outdir, context });
  if (rules) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  build(app);
  const before = process.env.CDK_VALIDATION;
  if (!rules) process.env.CDK_VALIDATION = 'false';
  const { stacksRecursively } = app.synth();
  if (before === undefined) delete process.env.CDK_VALIDATION;
  else process.env.CDK_VALIDATION = before;
  // The file is there because the rules ran; a plugin that finds nothing has no report in it.
  const { pluginReports: reports } = rules
    ? (JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
        pluginReports: readonly { violations: Violation[]; suppressedViolations?: Violation[] }[];
      })
    : { pluginReports: [] };
  return {
    stack(name) {
      const found = stacksRecursively.find(({ stackName }) => stackName === name);
      if (found === undefined) throw new Error(`Expected a stack ${name}.`);
      const text = readFileSync(found.templateFullPath, 'utf8');
      const template = JSON.parse(text) as PlainTemplate;
      return {
        name,
        template,
        text,
        resources: (type) =>
          Object.entries(template.Resources)
            .filter(([, { Type }]) => Type === type)
            .map(([id, { Properties = {} }]) => ({ id, properties: Properties })),
      };
    },
    violations: reports.flatMap(({ violations }) => violations),
    acknowledged: reports
      .flatMap(({ suppressedViolations = [] }) => suppressedViolations)
      .flatMap(({ violatingConstructs }) => violatingConstructs.map(({ constructPath }) => constructPath))
      .sort(),
  };
}

/** Synthesizes the whole application. */
export function synthesizeStore(props: StoreAppProps = {}, rules = true): Synthesis {
  const bundles = emptyBundles();
  return synthesize((app) => {
    new StoreApp(app, 'store', { bundles, ...props });
  }, rules);
}
