import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { clientOptions, endpointOf } from '../aws/client-options.js';
import { writeJson } from '../output/write-out.js';
import { CliError, didYouMean } from '../terminal/errors.js';
import { inputOf, type Terminal } from '../terminal/terminal.js';
import { lambdaContext } from './lambda-context.js';
import type { CommonFlags } from '../options/common-options.js';
import { names } from '../inventory/names.js';

/** The Lambda handlers of the project. */
export const handlerNames: readonly ['generate', 'ingest', 'plan', 'dispatch', 'door'] = [
  'generate',
  'ingest',
  'plan',
  'dispatch',
  'door',
];

/** Flags of `store invoke`. */
export interface InvokeFlags extends CommonFlags {
  readonly event?: string;
  readonly bundle?: string;
  readonly timeout: number;
}

/** Runs `store invoke`: loads the very bundle that is deployed and calls its handler once. */
export async function runInvoke(name: string, flags: InvokeFlags, terminal: Terminal): Promise<void> {
  if (!handlerNames.some((known) => known === name)) {
    throw new CliError(
      'USAGE',
      `Expected a handler: ${handlerNames.join(', ')}; got ${name}.${didYouMean(name, handlerNames)}`,
    );
  }
  const event = await readEvent(flags.event, terminal);
  // The bundle reads the environment of its process, as on Lambda.
  Object.assign(process.env, handlerSettings(terminal.env), await workGroupSetting(name, terminal.env));
  const answer = await withLogsAside(async () => {
    const handler = await loadHandler(name, flags.bundle, terminal);
    return handler(event, lambdaContext(`store-${name}`, flags.timeout * 1000));
  });
  await writeJson(terminal.stdout, answer ?? null);
}

/** A handler logs to standard output, as Lambda has it. Here that is for the answer, and logs go to standard error. */
async function withLogsAside<Result>(run: () => Promise<Result>): Promise<Result> {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    return await run();
  } finally {
    process.stdout.write = write;
  }
}

async function readEvent(file: string | undefined, terminal: Terminal): Promise<unknown> {
  if (file === undefined) return {};
  const content =
    file === '-' ? await text(inputOf(terminal)) : await readFile(resolve(terminal.cwd, file), 'utf8');
  try {
    return JSON.parse(content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError('USAGE', `The event in ${file} is not JSON: ${reason}`, { cause: error });
  }
}

type Handler = (event: unknown, context: unknown) => unknown;

async function loadHandler(name: string, bundle: string | undefined, { cwd }: Terminal): Promise<Handler> {
  // Beside this package in the repository, from dist/ as from src/invoke/.
  const places = ['../../lambda/dist', '../../../lambda/dist'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const folders = bundle === undefined ? places : [resolve(cwd, bundle)];
  const file = folders
    .flatMap((folder) =>
      [`${name}.js`, `${name}.mjs`, join(name, 'index.mjs')].map((part) => join(folder, part)),
    )
    .find((path) => existsSync(path));
  if (file === undefined) {
    throw new CliError('NO_HANDLER', `There is no built handler ${name} in ${folders[0] ?? ''}.`, {
      fix: 'Build it with `npm run build -- @store/lambda` at the root of the repository, or name its folder with --bundle.',
    });
  }
  const module: unknown = await import(pathToFileURL(file).href);
  const handler: unknown =
    typeof module === 'object' && module !== null && 'handler' in module ? module.handler : undefined;
  if (!isHandler(handler)) {
    throw new CliError('NO_HANDLER', `${file} exports no function named handler.`);
  }
  return handler;
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/** A place for the results of `plan`'s queries on the embedded endpoint, where nothing else names one. */
async function workGroupSetting(name: string, env: Environment): Promise<Readonly<Record<string, string>>> {
  if (name !== 'plan' || env.WORKGROUP !== undefined || endpointOf('ATHENA', env) === undefined) return {};
  const [{ AthenaClient }, { managedWorkGroup }] = await Promise.all([
    import('@aws-sdk/client-athena'),
    import('../aws/athena.js'),
  ]);
  const athena = new AthenaClient(clientOptions('ATHENA', env));
  try {
    return { WORKGROUP: await managedWorkGroup(athena) };
  } finally {
    athena.destroy();
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings that a deployed function gets from its stack, as they are where `store emulator` has set things up: so
 * that a handler runs there without more. What the environment says itself goes first; against AWS nothing is assumed.
 */
export function handlerSettings(env: Environment): Readonly<Record<string, string>> {
  const endpoint = env.AWS_ENDPOINT_URL;
  if (endpoint === undefined || endpoint === '') return {};
  const settings = {
    AWS_REGION: 'us-east-1',
    STREAM_NAMES: names.deliveryStream,
    DATABASE: names.database,
    TABLE: names.table,
    RESTOCK_TABLE: names.restockTable,
    REQUEST_QUEUE_URL: `${endpoint.replace(/\/$/, '')}/000000000000/${names.truckQueue}`,
  };
  return Object.fromEntries(Object.entries(settings).filter(([name]) => (env[name] ?? '') === ''));
}
