import { createVirtualClock, type Clock } from '@store/foundation';
import { requestFor, type LedgerOptions, type RestockLedger, type RestockRequest } from '@store/restock';
import { expect, test } from 'vitest';
import { eventWith } from '../query/pretend-lake.js';

/** A request of a shelf that has fallen low. */
export function requestOf(sequence: number): RestockRequest {
  return requestFor(eventWith({ sequence, current_stock: 1, min_threshold: 10 }));
}

const day = 86_400_000;

/** What every form of a ledger does; each test opens one that knows nothing of the others' requests. */
export function ledgerContract(
  open: (options: LedgerOptions) => Promise<RestockLedger> | RestockLedger,
): void {
  let used = 0;
  const opened = async (): Promise<{
    ledger: RestockLedger;
    clock: { advance(ms: number): void };
    request: RestockRequest;
  }> => {
    let nowMs = Date.UTC(2026, 0, 5);
    const clock: Clock = { ...createVirtualClock(0), wallNow: () => nowMs };
    const advance = (ms: number): void => {
      nowMs += ms;
    };
    used += 100;
    return { ledger: await open({ clock, leaseMs: 60_000 }), clock: { advance }, request: requestOf(used) };
  };

  test('of twenty who ask at the same time one is told that it is new, and years later it is known', async () => {
    const { ledger, clock, request } = await opened();
    const answers = await Promise.all(Array.from({ length: 20 }, async () => ledger.ask(request)));
    expect(answers.filter((answer) => answer === 'asked')).toHaveLength(1);
    clock.advance(1000 * day);
    expect(await ledger.ask({ ...request })).toBe('known');
    const entry = (await ledger.find([request.request_id, 'nobody'])).get(request.request_id);
    expect(entry).toMatchObject({
      state: 'asked',
      attempt: 1,
      asked_at: '2026-01-05T00:00:00.000Z',
      request,
    });
    expect(entry).not.toHaveProperty('sent_at');
  });

  test('one of many takes a request on; the next one continues under its key when it has died', async () => {
    const { ledger, clock, request } = await opened();
    await ledger.ask(request);
    await ledger.sent(request.request_id, 1);
    const turns = await Promise.all(Array.from({ length: 8 }, async () => ledger.take(request)));
    expect(turns.map(({ turn }) => turn).sort()).toEqual(['go', ...Array<string>(7).fill('wait')]);
    clock.advance(60_000);
    expect(await ledger.take(request)).toMatchObject({ turn: 'go', key: request.request_id });
    expect(await ledger.told(request.request_id, 1)).toBe(true);
    clock.advance(100 * day);
    expect(await ledger.take(request)).toMatchObject({ turn: 'done', entry: { state: 'acknowledged' } });
    // A clock that was set back does not make a lease of years.
    const unknown = requestOf(used + 1);
    expect(await ledger.take(unknown)).toMatchObject({ turn: 'go' });
    clock.advance(-50 * day);
    expect(await ledger.take(unknown)).toMatchObject({ turn: 'go', key: unknown.request_id });
    expect(await ledger.ask(unknown)).toBe('known');
  });

  test('what was cancelled is asked for again, once, under another key; the message before it brings no truck', async () => {
    const { ledger, request } = await opened();
    const id = request.request_id;
    await ledger.ask(request);
    await ledger.take(request);
    await expect(ledger.advance(id, 'cancelled')).rejects.toMatchObject({ code: 'REQUEST_BUSY' });
    await ledger.told(id, 1);
    expect(await ledger.advance(id, 'cancelled')).toMatchObject({ state: 'cancelled' });
    expect(await ledger.take(request)).toMatchObject({ turn: 'done' });
    expect(await ledger.told(id, 1)).toBe(false);
    const answers = await Promise.all([ledger.ask(request), ledger.ask(request), ledger.ask(request)]);
    expect(answers.sort()).toEqual(['asked', 'known', 'known']);
    expect(await ledger.take(request)).toMatchObject({ turn: 'go', key: `${id}/2` });
  });

  test('moves are made in their order, told twice they change nothing, and each owes its event', async () => {
    const { ledger, request } = await opened();
    const id = request.request_id;
    await expect(ledger.advance(id, 'delivered')).rejects.toMatchObject({ code: 'UNKNOWN_REQUEST' });
    await ledger.ask(request);
    await expect(ledger.advance(id, 'delivered')).rejects.toMatchObject({
      code: 'WRONG_STATE',
      requestId: id,
    });
    await ledger.advance(id, 'acknowledged');
    await ledger.advance(id, 'on_the_way');
    await ledger.advance(id, 'delivered');
    const delivered = await ledger.advance(id, 'delivered');
    expect(delivered).toMatchObject({ state: 'delivered', owed_events: ['order_placed', 'restock'] });
    await ledger.wrote(id, 1, 'order_placed');
    await ledger.wrote(id, 1, 'order_placed');
    expect((await ledger.find([id])).get(id)?.owed_events).toEqual(['restock']);
    await expect(ledger.advance(id, 'cancelled')).rejects.toMatchObject({ code: 'WRONG_STATE' });
    // The store counts again and comes to the same sequence: another episode.
    expect(await ledger.ask({ ...request, episode_started_at: '2026-09-01T00:00:00.000Z' })).toBe('asked');
    // The earlier one owes its event still, of its own time.
    const owing = { attempt: 1, state: 'delivered', owed_events: ['restock'] };
    const second = await ledger.take(request);
    expect(second).toMatchObject({ entry: { attempt: 2, earlier_attempts: [owing] } });
    await ledger.wrote(id, 1, 'restock');
    const [entry] = (await ledger.find([id])).values();
    expect(entry).toMatchObject({ attempt: 2, owed_events: ['order_placed'] });
    expect(entry).not.toHaveProperty('earlier_attempts');
  });

  test('open requests are listed by their age', async () => {
    const { ledger, clock } = await opened();
    const requests = [7, 3, 5].map((n) => requestOf(used + n));
    for (const request of requests) {
      clock.advance(1000);
      await ledger.ask(request);
    }
    const ids = requests.map(({ request_id }) => request_id);
    await ledger.advance(ids[1] ?? '', 'cancelled');
    const listed = (await ledger.open()).map(({ request_id }) => request_id).filter((id) => ids.includes(id));
    expect(listed).toEqual([ids[0], ids[2]]);
    const cancelled = await ledger.open({ states: ['cancelled'] });
    expect(cancelled.map(({ request_id }) => request_id)).toContain(ids[1]);
  });
}
