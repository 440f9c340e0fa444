import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { requestFor } from '@store/restock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedBundles } from './bundles.js';
import { fallingEvent } from './events.js';
import { startLocalStack, type LocalStack } from './local-stack.js';
import { ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';
import { startTrucks, type TruckServer } from './truck-server.js';

const secret = 'a secret of more than sixteen';

/** What a caller may do in another way than it should. */
interface Saying {
  readonly secret?: string;
  /** Seconds from now at which it is signed. */
  readonly at?: number;
  readonly encode?: (mac: Buffer) => string;
  /** Bytes that are sent; the signature is over them, unless `signed` is another body. */
  readonly bytes?: Buffer;
  readonly signed?: Buffer;
  readonly asBase64?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

describe.skipIf(!ricIsThere)('what the truck system says to dispatch, as bundled', () => {
  let stack: LocalStack;
  let dispatch: RunningFunction;
  let trucks: TruckServer;

  beforeAll(async () => {
    stack = await startLocalStack();
    trucks = await startTrucks(() => 204);
    dispatch = await startFunction(join(await sharedBundles(), 'dispatch'), {
      ...stack.env('Dispatch'),
      EVENT_BUS_NAME: '',
      WEBHOOK_URL: trucks.url,
      WEBHOOK_SECRET: secret,
    });
  });
  afterAll(async () => {
    await dispatch.close();
    trucks.close();
    await stack.close();
  });

  /** Tells the trucks of a request of a store. */
  async function told(store_id: string): Promise<string> {
    const request = requestFor(fallingEvent({ store_id }));
    const message = { messageId: 'm', eventSource: 'aws:sqs', body: JSON.stringify(request) };
    await expect(dispatch.invoke({ Records: [message] })).resolves.toMatchObject({
      payload: { batchItemFailures: [] },
    });
    return request.request_id;
  }

  async function say(body: object | string, saying: Saying = {}): Promise<unknown> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { bytes = Buffer.from(text), at = 0, asBase64 = false, method = 'POST' } = saying;
    const timestamp = String(Math.floor(Date.now() / 1000) + at);
    const mac = createHmac('sha256', saying.secret ?? secret)
      .update(`${timestamp}.`)
      .update(saying.signed ?? bytes)
      .digest();
    const end = await dispatch.invoke({
      requestContext: { http: { method } },
      headers: {
        'store-timestamp': timestamp,
        'store-signature': `v1=${(saying.encode ?? ((raw) => raw.toString('hex')))(mac)}`,
        ...saying.headers,
      },
      body: bytes.toString(asBase64 ? 'base64' : 'utf8'),
      isBase64Encoded: asBase64,
    });
    const { payload } = end as { payload?: { statusCode: number; body: string } };
    if (payload === undefined) return end;
    const { state, error } = JSON.parse(payload.body) as { state?: string; error?: string };
    return [payload.statusCode, state ?? error];
  }

  const stranger = [401, 'the signature does not fit, or is older than five minutes'];

  test('a signature of another secret, time, body or form moves nothing', async () => {
    const body = { dispatch_id: await told('S1'), state: 'delivered' };
    for (const saying of [
      { secret: 'another secret of sixteen' },
      { at: -400 },
      { at: 400 },
      { signed: Buffer.from('{}') },
      { encode: (mac: Buffer) => mac.toString('base64') },
      { encode: (mac: Buffer) => mac.toString('hex').slice(1) },
      { encode: (mac: Buffer) => `${mac.toString('hex')},v1=${mac.toString('hex')}` },
      { headers: { 'store-timestamp': '1,1' } },
      { headers: { 'store-timestamp': '1e9' } },
      { headers: { 'store-signature': '' } },
    ]) {
      expect(await say(body, saying), JSON.stringify(saying)).toEqual(stranger);
    }
    expect(await say(body, { method: 'GET' })).toEqual([405, 'POST only']);
    expect(await say('x'.repeat(10_001))).toEqual([413, 'too long']);
    expect(await say(body)).toEqual([200, 'delivered']);
  });

  test('digits in upper case are the same digits, and a body in Base64 the same body', async () => {
    const body = { dispatch_id: await told('S2'), state: 'on_the_way' };
    expect(await say(body, { encode: (mac) => mac.toString('hex').toUpperCase() })).toEqual([
      200,
      'on_the_way',
    ]);
    expect(await say(body, { asBase64: true })).toEqual([200, 'on_the_way']);
  });

  test('a body that is signed and says nothing gets 400, whatever its bytes', async () => {
    const expected = [400, 'expected dispatch_id, and state on_the_way, delivered or cancelled'];
    for (const text of [
      '',
      'null',
      '[]',
      '7',
      '{"dispatch_id":7,"state":"delivered"}',
      '{"state":"delivered"}',
    ]) {
      expect(await say(text), text).toEqual(expected);
    }
    const body = '{"dispatch_id":"Köln/P1/1","state":"gone"}';
    for (const bytes of [Buffer.from(body, 'latin1'), Buffer.from(body, 'utf16le'), Buffer.from([0xff])]) {
      expect(await say('', { bytes, asBase64: true }), bytes.toString('hex')).toEqual(expected);
    }
  });

  test('said again, out of order, or of a request that is not there: nothing moves back', async () => {
    const dispatch_id = await told('S3');
    const of = async (state: string): Promise<unknown> => say({ dispatch_id, state });
    expect(await of('delivered')).toEqual([200, 'delivered']);
    expect(await of('delivered')).toEqual([200, 'delivered']);
    expect(await of('on_the_way')).toEqual([
      409,
      expect.stringContaining('is delivered and cannot become on the way'),
    ]);
    expect(await of('cancelled')).toEqual([
      409,
      expect.stringContaining('is delivered and cannot become cancelled'),
    ]);
    for (const id of ['S9/P1/1', 'S3', '/', 'S3/P1/1/x', '\u0000', '\ud800', 'x'.repeat(3000)]) {
      expect(await say({ dispatch_id: id, state: 'delivered' }), id).toEqual([
        404,
        expect.stringContaining('knows no request'),
      ]);
    }
    expect(await say({ dispatch_id: `${dispatch_id}/2`, state: 'delivered' })).toEqual([
      409,
      expect.stringContaining('Attempt 2'),
    ]);
  });
});
