import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { requestFor } from '@store/restock';
import { verify } from '../src/dispatch/signature.js';
import { buildBundles } from './bundles.js';
import { fallingEvent } from './events.js';
import { startNullAws, type NullAws } from './null-aws.js';
import { ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';

const columns = [
  'store_id store_name city country product_id product_name category episode_sequence',
  'episode_started_at current_stock min_threshold on_order history_complete',
]
  .join(' ')
  .split(' ');

const row = (store: string, sequence: number, startedAt: string, complete = 'true'): readonly string[] => [
  ...[store, store, 'Oslo', 'NO', 'P1', 'Milk', 'Dairy', String(sequence), startedAt],
  ...['8', '10', '0', complete],
];

describe.skipIf(!ricIsThere)('plan and dispatch, as bundled, under the official runtime client', () => {
  let aws: NullAws;
  let plan: RunningFunction;

  beforeAll(async () => {
    aws = await startNullAws();
    plan = await startFunction(join(await buildBundles(), 'plan'), {
      AWS_ENDPOINT_URL: aws.url,
      DATABASE: 'store',
      TABLE: 'inventory_events',
      REQUEST_QUEUE_URL: `${aws.url}/000000000000/restock.fifo`,
    });
  });
  afterAll(async () => {
    await plan.close();
    await aws.close();
  });
  beforeEach(() => {
    (aws.messages as unknown[]).length = 0;
    (aws.queries as unknown[]).length = 0;
  });

  const at = '2026-01-05T10:00:00Z';
  const asked = (): readonly (string | undefined)[] =>
    aws.messages.map(({ deduplicationId }) => deduplicationId);

  test('episodes that began in the window are asked for, older ones were', async () => {
    aws.answers = [
      [
        columns,
        row('S1', 5, '2026-01-05 09:30:00.000'),
        row('S2', 2, '2026-01-04 09:00:00'),
        row('S3', 9, '2026-01-05 08:00:00'),
      ],
    ];
    expect(await plan.invoke({ at })).toMatchObject({
      kind: 'response',
      payload: {
        windowStart: '2026-01-05T08:00:00.000Z',
        episodes: 2,
        requestsSent: 2,
        trucks: 2,
        units: 24,
      },
    });
    expect(asked()).toEqual(['S1/P1/5', 'S3/P1/9']);
    expect(aws.queries[0]).toContain("event_time >= timestamp '2025-12-29 08:00:00.000'");
    expect(aws.queries[0]).toContain("datehour <= '2026-01-05-10'");
  });

  test('where the look back does not prove where an episode began, the whole history decides', async () => {
    aws.answers = [
      [columns, row('S1', 5, '2026-01-05 09:30:00', 'false'), row('S2', 6, '2026-01-05 09:40:00', 'false')],
      [columns, row('S1', 3, '2025-11-01 00:00:00'), row('S2', 6, '2026-01-05 09:40:00')],
    ];
    expect(await plan.invoke({ at })).toMatchObject({ payload: { episodes: 1, queryIds: ['q1', 'q2'] } });
    expect(asked()).toEqual(['S2/P1/6']);
  });

  test('a first run asks for every open episode', async () => {
    aws.answers = [[columns, row('S1', 5, '2020-01-01 00:00:00')]];
    expect(await plan.invoke({ at, all: true })).toMatchObject({
      payload: { windowStart: null, requestsSent: 1 },
    });
    expect(aws.queries[0]).not.toContain('event_time >=');
  });

  test('a window that is no window is refused', async () => {
    expect(await plan.invoke({ from: 'yesterday' })).toMatchObject({
      errorType: 'HandlerError',
      errorMessage: 'Expected `from` to be an instant such as 2026-01-05T08:00:00Z.',
    });
  });

  test('requests reach the truck system signed, once each by key; poison and refusals come again alone', async () => {
    const secret = 'a secret of more than sixteen';
    const heard: { key: string; valid: boolean; store: string }[] = [];
    let busy = 1;
    const trucks = createServer((request, response) => {
      void text(request).then((body) => {
        const { store_id } = JSON.parse(body) as { store_id: string };
        if (store_id === 'S1' && busy-- > 0) return response.writeHead(503).end();
        if (store_id === 'S2') return response.writeHead(422).end();
        const headers = request.headers as Record<string, string>;
        heard.push({
          key: headers['idempotency-key'] ?? '',
          valid: verify(body, headers, secret, Date.now()),
          store: store_id,
        });
        return response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => trucks.listen(0, '127.0.0.1', resolve));
    const dispatch = await startFunction(join(await buildBundles(), 'dispatch'), {
      AWS_ENDPOINT_URL: aws.url,
      WEBHOOK_URL: `http://127.0.0.1:${(trucks.address() as AddressInfo).port}/requests`,
      WEBHOOK_SECRET: secret,
      EVENT_BUS_NAME: 'default',
    });
    const bodies = ['S1', 'S2', 'S3'].map((store_id) =>
      JSON.stringify(requestFor(fallingEvent({ store_id }))),
    );
    const Records = [...bodies.slice(0, 2), '{"poison":1}', ...bodies.slice(2)].map((body, index) => ({
      messageId: `m${index}`,
      eventSource: 'aws:sqs',
      body,
    }));
    const end = await dispatch.invoke({ Records });
    await dispatch.close();
    trucks.closeAllConnections();
    trucks.close();
    expect(end.kind).toBe('response');
    // In the order in which they failed.
    const { batchItemFailures } = (end as { payload: { batchItemFailures: { itemIdentifier: string }[] } })
      .payload;
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(['m1', 'm2']);
    expect(heard.sort((a, b) => (a.store < b.store ? -1 : 1))).toEqual([
      { key: 'S1/P1/1', valid: true, store: 'S1' },
      { key: 'S3/P1/1', valid: true, store: 'S3' },
    ]);
    expect(aws.busEvents).toHaveLength(2);
    expect(dispatch.log()).not.toContain('Milk');
    expect(dispatch.log()).not.toContain(secret);
  });
});
