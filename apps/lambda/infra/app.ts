import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { RuntimeSecret, StoreApp, type TruckWebhook, type WebhookSecrets } from '@store/constructs';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/** How the app is put together. */
export interface StoreAppOptions {
  /**
   * What `-c NAME=VALUE` says too: `stage`, `streams`, `firstHour`, `webhooks` (where the secrets of senders are, as JSON such as
   * `{"shopify":"ssm:/store/shopify"}`), `squareUrl`, `truckUrl` and `truckSecret` (where its secret is), `stockNow` (true or false). @defaultValue none
   */
  readonly context?: Readonly<Record<string, string | number>>;
  /** Folder of the built bundles. */
  readonly bundles: string;
  /** Where the assembly goes. @defaultValue cdk.out */
  readonly outdir?: string;
}

/** Both stacks of a stage, with every rule of AwsSolutions held against them: a finding fails the synthesis. */
export function createStoreApp({ context = {}, bundles, outdir }: StoreAppOptions): App {
  const app = new App({
    analyticsReporting: false,
    context: { ...recommendedFlags(), ...context },
    ...(outdir === undefined ? {} : { outdir }),
  });
  const given = (name: string): string | undefined => {
    const value: unknown = app.node.tryGetContext(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const [firstHour, squareUrl] = [given('firstHour'), given('squareUrl')];
  const webhooks = secretsOf(given('webhooks'));
  const stockNow = given('stockNow');
  const truckWebhook = webhookOf(given('truckUrl'), given('truckSecret'));
  new StoreApp(app, 'store', {
    stage: given('stage') ?? 'dev',
    streams: Number(given('streams') ?? 1),
    bundles,
    ...(firstHour === undefined ? {} : { firstHour }),
    ...(webhooks === undefined ? {} : { webhooks }),
    ...(squareUrl === undefined ? {} : { squareUrl }),
    ...(truckWebhook === undefined ? {} : { truckWebhook }),
    ...(stockNow === undefined ? {} : { stockNow: flagOf('stockNow', stockNow) }),
  });
  return app;
}

/** The secrets of a context value; a sender that does not exist is refused by the construct. */
function secretsOf(text: string | undefined): WebhookSecrets | undefined {
  if (text === undefined) return undefined;
  // A parse boundary: each value is checked where it becomes a secret.
  const given = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(given).map(([sender, where]) => [sender, RuntimeSecret.fromReference(String(where))]),
  );
}

function flagOf(name: string, value: string): boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  throw new Error(`Expected \`${name}\` to be true or false, got ${value}.`);
}

function webhookOf(url: string | undefined, secret: string | undefined): TruckWebhook | undefined {
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined || secret === undefined) {
    throw new Error('Expected `truckUrl` and `truckSecret` together, got one of them.');
  }
  return { url, secret: RuntimeSecret.fromReference(secret) };
}

/** Every flag as this version of the CDK recommends it for new apps; its version is pinned, and so are they. */
function recommendedFlags(): Readonly<Record<string, unknown>> {
  const file = createRequire(import.meta.url).resolve('aws-cdk-lib/recommended-feature-flags.json');
  // A parse boundary: the library's own list of flags.
  return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
}
