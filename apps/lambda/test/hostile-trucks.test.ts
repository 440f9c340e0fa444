import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestFor } from '@store/restock';
import { systemClock } from '@store/foundation';
import { verify } from '../src/dispatch/truck-systems.js';
import { openRequestLedger } from '../src/request-ledger.js';
import { sharedBundles } from './bundles.js';
import { fallingEvent } from './events.js';
import {
  behaviors,
  sayingItAgain,
  silence,
  startHostileTrucks,
  well,
  type Behavior,
  type HostileTrucks,
} from './hostile-trucks.js';
import { startLocalStack, type LocalStack } from './local-stack.js';
import { failuresIn, ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';

/** `TRUCK_SEED=n` gives the same answers again. */
const seed = Number(process.env.TRUCK_SEED ?? Math.floor(Math.random() * 1_000_000));
const secret = 'a secret of more than sixteen';

interface Message {
  readonly messageId: string;
  readonly eventSource: 'aws:sqs';
  readonly body: string;
}

describe.skipIf(!ricIsThere)('dispatch, as bundled, and truck systems that misbehave', () => {
  let stack: LocalStack;
  let dispatch: RunningFunction;
  let trucks: HostileTrucks;
  let elsewhere: HostileTrucks;
  /** What is answered yet under each key, and then that all is well. */
  const answers = new Map<string, Behavior[]>();

  const startDispatch = async (url: string): Promise<RunningFunction> =>
    startFunction(join(await sharedBundles(), 'dispatch'), {
      ...stack.env('Dispatch'),
      EVENT_BUS_NAME: '',
      WEBHOOK_URL: url,
      WEBHOOK_SECRET: secret,
      WEBHOOK_TIMEOUT_MS: '2000',
    });

  beforeAll(async () => {
    stack = await startLocalStack();
    const next = (key: string): Behavior => answers.get(key)?.shift() ?? well;
    elsewhere = await startHostileTrucks(next, '');
    trucks = await startHostileTrucks(next, elsewhere.url.replace('127.0.0.1', 'localhost'));
    dispatch = await startDispatch(trucks.url);
  });
  afterAll(async () => {
    await dispatch.close();
    await trucks.close();
    await elsewhere.close();
    await stack.close();
  });

  /** The message of a request, whose calls are answered like this. */
  function messageOf(store_id: string, ...calls: readonly Behavior[]): Message {
    const request = requestFor(fallingEvent({ store_id }));
    answers.set(request.request_id, [...calls]);
    return { messageId: request.request_id, eventSource: 'aws:sqs', body: JSON.stringify(request) };
  }

  /** Ids of the messages that one invocation gives back. Of what it does not give back, a truck has gone, and the ledger says so. */
  async function failuresOf(messages: readonly Message[]): Promise<ReadonlySet<string>> {
    const end = await dispatch.invoke({ Records: messages }, { timeoutMs: 25_000 });
    expect(end).toMatchObject({ kind: 'response' });
    const failed = new Set(failuresIn(end));
    const done = messages.map(({ messageId }) => messageId).filter((id) => !failed.has(id));
    const entries = await openRequestLedger(stack.env('Dispatch'), systemClock).find(done);
    for (const id of done) {
      expect(trucks.went).toContain(id);
      expect(entries.get(id)).toMatchObject({ state: 'acknowledged' });
      expect(entries.get(id)).not.toHaveProperty('leased_until');
    }
    return failed;
  }

  test('each answer ends as it must, and the log says why', async () => {
    // Four times, which are all attempts of a message.
    const messages = behaviors.map((behavior, n) => messageOf(`A${n}`, ...Array<Behavior>(4).fill(behavior)));
    const failed = await failuresOf(messages);
    const log = dispatch.log();
    const codes = new Map(
      [...log.matchAll(/"messageId":"([^"]*)","code":"([^"]*)"/g)].map(([, id, code]) => [id, code]),
    );
    const ends = behaviors.map(({ name, ending }, n) => {
      const id = messages[n]?.messageId ?? '';
      return { name, ending, code: failed.has(id) ? codes.get(id) : 'told' };
    });
    const expected = {
      taken: 'told',
      again: 'TRUCK_UNREACHABLE',
      later: 'TRUCK_UNREACHABLE',
      refused: 'TRUCK_REFUSED',
    };
    expect(ends).toEqual(ends.map((end) => ({ ...end, code: expected[end.ending] })));
    for (const reason of [
      'at attempt 4: no answer within 2000 ms. The message comes again.',
      'at attempt 4: no answer (UND_ERR_SOCKET).',
      'did not take a request, at attempt 1: status 429.',
      'refused a request: status 422.',
      'refused a request: status 307, and redirects are not followed (set WEBHOOK_URL to where it leads).',
    ]) {
      expect(log).toContain(reason);
    }
    answers.clear();
    expect((await failuresOf(messages)).size).toBe(0);
  });

  test(`whatever they answer, one truck goes for each request (TRUCK_SEED=${seed})`, async () => {
    const calls = fc.array(fc.constantFrom(...behaviors), { minLength: 1, maxLength: 3 });
    const [plans = []] = fc.sample(fc.array(calls, { minLength: 30, maxLength: 30 }), { seed, numRuns: 1 });
    const others = ['B', 'C', 'D', 'E'].map((store) => messageOf(store));
    const messages = [...plans.map((plan, n) => messageOf(`S${n}`, ...plan)), ...others];
    let open = messages;
    let failed = await failuresOf(open);
    for (const { messageId } of others) expect(failed).not.toContain(messageId);
    for (let again = 0; failed.size > 0; again++) {
      // Each call of a plan costs a message at most one of its turns.
      expect(again).toBeLessThan(4);
      const before = failed;
      open = open.filter(({ messageId }) => before.has(messageId));
      failed = await failuresOf(open);
    }
    const ids = new Set(messages.map(({ messageId }) => messageId));
    for (const { key, body, headers } of trucks.heard) {
      // One key for a request, however often it is told.
      expect(key).toBe((JSON.parse(body) as { request_id: string }).request_id);
      expect(verify(body, headers, secret, Date.now())).toBe(true);
      ids.delete(key);
    }
    expect(ids.size).toBe(0);
    expect(elsewhere.heard).toEqual([]);
    const log = dispatch.log();
    for (const hidden of [secret, 'v1=', 'Milk', trucks.url]) expect(log).not.toContain(hidden);
  });

  test('an answer counts for its own request alone', async () => {
    expect(await failuresOf([messageOf('F', sayingItAgain)])).toEqual(new Set());
    expect(await failuresOf([messageOf('G', silence)])).toEqual(new Set());
  });

  test('no https where https is named: nothing is told, and the log says what is wrong', async () => {
    const calls = trucks.heard.length;
    const https = await startDispatch(trucks.url.replace('http:', 'https:'));
    const message = messageOf('T');
    expect(failuresIn(await https.invoke({ Records: [message] }, { timeoutMs: 25_000 }))).toEqual(['T/P1/1']);
    expect(https.log()).toMatch(/did not take a request, at attempt 4: no answer \(\w+\)/);
    await https.close();
    expect(trucks.heard.slice(calls)).toEqual([]);
    expect(await failuresOf([message])).toEqual(new Set());
  });
});
