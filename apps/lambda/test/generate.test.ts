import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EventDigest } from '../src/generate/event-digest.js';
import type { GenerateAnswer } from '../src/generate/handler.js';
import { buildBundles } from './bundles.js';
import { linesOf, smallWorld } from './events.js';
import { startNullAws, type NullAws } from './null-aws.js';
import { ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';

const world = linesOf(smallWorld);

function digestOf(lines: readonly string[]): string {
  const digest = new EventDigest();
  for (const line of lines) digest.add(Buffer.from(line));
  return digest.toString();
}

describe.skipIf(!ricIsThere)('generate, as bundled, under the official runtime client', () => {
  let aws: NullAws;
  let running: RunningFunction;

  beforeAll(async () => {
    aws = await startNullAws();
    running = await startFunction(join(await buildBundles(), 'generate'), {
      AWS_ENDPOINT_URL: aws.url,
      STREAM_NAMES: 'inventory-0,inventory-1',
      EARLY_REQUEST_QUEUE_URL: `${aws.url}/000000000000/restock.fifo`,
      DEADLINE_MARGIN_MS: '1500',
    });
  });
  afterAll(async () => {
    await running.close();
    await aws.close();
  });

  const generate = async (event: object, timeoutMs?: number): Promise<GenerateAnswer> => {
    const end = await running.invoke(event, timeoutMs === undefined ? {} : { timeoutMs });
    if (end.kind === 'error') throw new Error(`${end.errorType}: ${end.errorMessage}`);
    return end.payload as GenerateAnswer;
  };
  const taken = (): string[] => [...aws.streams.values()].flat();
  const forget = (): void => {
    for (const lines of aws.streams.values()) (lines as string[]).length = 0;
  };

  test('the shards of a world are the world, each in its delivery stream, and their digests add up', async () => {
    const digest = new EventDigest();
    for (let index = 0; index < 3; index++) {
      const answer = await generate({ ...smallWorld, shard: { index, count: 3 } });
      expect(answer).toMatchObject({
        stoppedBy: 'done',
        resumeFrom: null,
        deliveryStreamName: `inventory-${index % 2}`,
      });
      digest.addDigest(answer.digest);
    }
    expect(taken().sort()).toEqual([...world].sort());
    expect(digest.toString()).toBe(digestOf(world));
  });

  test('what one invocation leaves, the next goes on with', async () => {
    forget();
    const first = await generate({ ...smallWorld, maxEvents: 1000 });
    expect(first).toMatchObject({ generated: 1000, accepted: 1000, stoppedBy: 'budget', resumeFrom: 1000 });
    await generate({ ...smallWorld, resumeFrom: 1000 });
    expect(taken()).toHaveLength(world.length);
    expect(digestOf(taken())).toBe(digestOf(world));
  });

  test('it stops in time and says where', async () => {
    forget();
    const answer = await generate({ ...smallWorld, days: 2000 }, 2500);
    expect(answer.stoppedBy).toBe('deadline');
    expect(answer.resumeFrom).toBe(answer.generated);
    expect(taken()).toHaveLength(answer.generated);
  });

  test('throttled records and broken connections lose nothing and double nothing', async () => {
    forget();
    aws.faults = { throttleEvery: 10, resetEvery: 20 };
    const answer = await generate(smallWorld);
    aws.faults = {};
    expect(answer.accepted).toBe(world.length);
    expect(taken().sort()).toEqual([...world].sort());
  });

  test('low stock is asked for at once, one request for each episode, in its store’s group', () => {
    const ids = aws.messages.map(({ deduplicationId }) => deduplicationId);
    expect(ids.length).toBeGreaterThan(0);
    for (const { body, groupId, deduplicationId } of aws.messages) {
      expect(JSON.parse(body)).toMatchObject({ request_id: deduplicationId, store_id: groupId });
    }
  });

  test('bad input is refused by name, and no event is in the log', async () => {
    expect(await running.invoke({ stores: -1 })).toMatchObject({
      kind: 'error',
      errorType: 'HandlerError',
      errorMessage: 'Expected `stores` to be a whole number from 0 on, got -1.',
    });
    expect(await running.invoke({ shard: { index: 4, count: 4 } })).toMatchObject({ kind: 'error' });
    expect(running.log()).toContain('"message":"generated"');
    expect(running.log()).not.toContain('product_name');
  });
});
