import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@store/foundation';
import { expect, test } from 'vitest';
import { FaultInjector } from '../../src/faults/fault-injector.js';
import { startEmulator } from '../../src/index.js';
import { BufferPool } from '../../src/wire/buffer-pool.js';
import { jsonDialect, refusalsOf } from '../../src/wire/json-dialect.js';
import { listen, stopListening } from '../../src/wire/listen.js';
import { createHttpServer } from '../../src/wire/server.js';
import { action, type ServiceEntry } from '../../src/wire/service-entry.js';
import { integer, structure, text } from '../../src/wire/shape.js';

const signed = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=key/20260105/eu-west-1/till/aws4_request, SignedHeaders=host, ' +
    `Signature=${'0'.repeat(64)}`,
};

/** A service that exists nowhere: all that there is of it is this entry. */
const till: ServiceEntry = {
  scope: 'till',
  target: 'Till_20260101',
  dialects: [jsonDialect('1.1')],
  actions: new Map([
    [
      'RingUp',
      action(
        structure({ Product: text(1, 20), Count: integer(1, 99) }, ['Product']),
        (input, { region }) => ({
          Line: `${input.Count ?? 1} x ${input.Product} in ${region}`,
        }),
      ),
    ],
  ]),
  refusals: refusalsOf({
    service: 'Till',
    unknownAction: 'UnknownOperationException',
    wrongType: 'SerializationException',
    violated: 'ValidationException',
  }),
  close: () => Promise.resolve(),
};

async function withServer(use: (call: Call) => Promise<void>): Promise<void> {
  const closing = new AbortController();
  const server = createHttpServer({
    running: {
      current: { table: [till] },
      ready: () => undefined,
      enter: () => () => undefined,
      signal: closing.signal,
    },
    faults: new FaultInjector(1, systemClock),
    memory: new BufferPool(),
    clock: systemClock,
    region: 'us-east-1',
    accountId: '000000000000',
    allowedHosts: new Set(),
    secret: undefined,
    admin: () => Promise.resolve({}),
    endpoint: () => '',
    onTrouble: () => undefined,
  });
  const port = await listen(server, 0, '127.0.0.1');
  try {
    await use(async (name, input) => {
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: { ...signed, 'x-amz-target': `Till_20260101.${name}` },
        body: JSON.stringify(input),
      });
      return [response.status, await response.json()];
    });
  } finally {
    closing.abort();
    await stopListening(server);
  }
}

type Call = (name: string, input: unknown) => Promise<readonly [status: number, answer: unknown]>;

test('a new service is one entry of the table, and answers', async () => {
  await withServer(async (call) => {
    expect(await call('RingUp', { Product: 'tea', Count: 2 })).toEqual([
      200,
      { Line: '2 x tea in eu-west-1' },
    ]);
  });
});

test('a request is held against the shape of its action before the action runs', async () => {
  await withServer(async (call) => {
    expect(await call('RingUp', { Count: 2 })).toEqual([
      400,
      {
        __type: 'ValidationException',
        message:
          "1 validation error detected: Value null at 'Product' failed to satisfy constraint: Member must not be null",
      },
    ]);
    expect(await call('RingUp', { Product: 7 })).toEqual([
      400,
      { __type: 'SerializationException', message: 'Expected `Product` to be a string, got 7' },
    ]);
  });
});

test.each(['constructor', 'toString', '__proto__', ''])('%j is no action', async (name) => {
  await withServer(async (call) => {
    expect(await call(name, {})).toEqual([
      400,
      { __type: 'UnknownOperationException', message: `Till's ${name} is not served here` },
    ]);
  });
});

test.each([
  ['Firehose_20150804', 'Firehose has no action constructor.'],
  ['AWSGlue', "Glue's constructor is not served here"],
  ['AmazonAthena', "Athena's constructor is not served here"],
  ['AmazonSQS', "SQS's constructor is not served here"],
  ['Nobody', 'Nothing here answers to the target "Nobody.constructor".'],
])('%s has no action by the name of a property', async (target, message) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'emulator-'));
  try {
    await using emulator = await startEmulator({ dataDir });
    const response = await fetch(emulator.endpoint, {
      method: 'POST',
      headers: { ...signed, 'x-amz-target': `${target}.constructor` },
      body: '{}',
    });
    const member = target === 'AmazonAthena' ? 'Message' : 'message';
    expect(await response.json()).toMatchObject({ [member]: message });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
