import { Athena } from '@aws-sdk/client-athena';
import { Firehose } from '@aws-sdk/client-firehose';
import { Glue } from '@aws-sdk/client-glue';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../src/index.js';
import { queryErrorCode } from '../src/sqs/query-error.js';
import { hasAwsCli, startAwsCli, type AwsCli } from './aws-cli.js';
import { startedEmulator, temporaryFolder } from './clients.js';
import { type Kept, type Step, steps } from './scenario-steps.js';

/** What a client made of a call: its answer, or the error's code and message. */
type Outcome = { readonly answer: unknown } | { readonly code: string; readonly message: string };
type Call = (step: Step, input: object) => Promise<Outcome>;

async function play(emulator: Emulator, call: Call): Promise<void> {
  let kept: Kept = {};
  for (const step of steps) {
    const title = `${step.service} ${step.action}`;
    if (step.service === 'emulator') {
      await emulator.flush();
      continue;
    }
    const input = step.input?.(kept) ?? {};
    const run = (): Promise<Outcome> => call(step, input);
    if (step.error !== undefined) {
      const [code, message] = step.error;
      const expected = { code, message: expect.stringContaining(message) as unknown };
      expect(await run(), title).toMatchObject(expected);
      continue;
    }
    const expected = { answer: step.answer ?? {} };
    if (step.until === true) await expect.poll(run, { interval: 20 }).toMatchObject(expected);
    const outcome = await run();
    expect(outcome, title).toMatchObject(expected);
    for (const [name, path] of Object.entries(step.keep ?? {})) {
      kept = { ...kept, [name]: String(at(outcome, ['answer', ...path])) };
    }
  }
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, name) => {
    return typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined;
  }, value);
}

function sdk({ endpoint }: Emulator): Call {
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' };
  const common = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  const clients = {
    athena: new Athena(common),
    firehose: new Firehose(common),
    glue: new Glue(common),
    s3: new S3({ ...common, forcePathStyle: true }),
    sqs: new SQS(common),
  };
  onTestFinished(() => {
    for (const client of Object.values(clients)) client.destroy();
  });
  return async ({ service, action }, input) => {
    if (service === 'emulator') return { answer: {} };
    const client = clients[service];
    const method: unknown = Reflect.get(client, action.charAt(0).toLowerCase() + action.slice(1));
    if (typeof method !== 'function') throw new Error(`The SDK has no ${action}`);
    try {
      return { answer: await (Reflect.apply(method, client, [input]) as Promise<unknown>) };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { code: error.name, message: error.message };
    }
  };
}

function cli(aws: AwsCli): Call {
  return async ({ service, action }, input) => {
    const command = action.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
    const name = service === 's3' ? 's3api' : service;
    const json = JSON.stringify(input, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    );
    const { stdout, stderr } = await aws.run(name, command, '--cli-input-json', json);
    const failed = /An error occurred \(([^)]+)\) when calling the \w+ operation[^:]*: ([^]*)/.exec(stderr);
    if (failed !== null) return { code: jsonCode(failed[1] ?? ''), message: failed[2] ?? '' };
    if (stderr.trim() !== '') throw new Error(`${action}: ${stderr}`);
    const answer: unknown = stdout.trim() === '' ? {} : JSON.parse(stdout, binaryValue);
    return { answer };
  };
}

const binaryValue = (key: string, value: unknown): unknown =>
  key === 'BinaryValue' && typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value;

/** The query protocol spells some codes otherwise; the table of steps has those of the JSON protocol. */
function jsonCode(code: string): string {
  const names = steps.flatMap(({ error }) => error?.[0] ?? []);
  return names.find((name) => queryErrorCode(name) === code) ?? code;
}

test('the SDK goes through all services', async () => {
  const emulator = await startedEmulator();
  await play(emulator, sdk(emulator));
});

test.skipIf(!hasAwsCli)(
  'the AWS CLI goes through the same steps, and lists and copies what they left',
  async () => {
    const emulator = await startedEmulator();
    const aws = startAwsCli(emulator.endpoint);
    onTestFinished(() => {
      aws.close();
    });
    await play(emulator, cli(aws));

    expect((await aws.run('s3', 'ls', 's3://scenario-lake/')).stdout).toMatch(/PRE events\/\n/);
    const { stdout: listed } = await aws.run('s3', 'ls', 's3://scenario-lake/events/', '--recursive');
    const key = /events\/\S+\.parquet/.exec(listed)?.[0] ?? '';
    expect(key).toMatch(/\/scenario-1-/);
    const copy = join(await temporaryFolder(), 'copy.parquet');
    const { code } = await aws.run('s3', 'cp', `s3://scenario-lake/${key}`, copy);
    expect(code).toBe(0);
    expect(await readFile(copy)).toEqual(await readFile(join(emulator.lakeDir, 'scenario-lake', key)));
    const put = await aws.run('s3', 'cp', copy, 's3://scenario-lake/copies/mine.parquet');
    expect(put.stderr).toBe('');
    expect(await readFile(join(emulator.lakeDir, 'scenario-lake', 'copies', 'mine.parquet'))).toEqual(
      await readFile(copy),
    );
  },
);
