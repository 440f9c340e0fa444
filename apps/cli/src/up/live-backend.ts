import { systemClock } from '@store/foundation';
import type { LakeGauges, StatusMessage } from '@store/page-protocol';
import type { ProducerStats } from '@store/firehose';
import { firehoseDollars } from '../inventory/producer.js';
import { names } from '../inventory/names.js';
import { namedSql, namedTitle, queryNames } from '../query/named-queries.js';
import type { LiveWorld } from './live-world.js';
import type { PageBackend } from './page-server.js';
import type { RestartableEndpoint } from './restartable-endpoint.js';

const frameMs = 100;
const statusMs = 500;
/** Rows that the SQL box shows. */
const shownRows = 200;

/** What the page is told about. */
export interface LiveBackendOptions {
  readonly world: LiveWorld;
  readonly endpoint: RestartableEndpoint;
  readonly stats: () => ProducerStats;
  readonly lake: () => LakeGauges;
}

/** Answers the page out of the running chain; the timers run only while somebody looks. */
export function createLiveBackend(options: LiveBackendOptions): {
  readonly backend: PageBackend;
  stop(): void;
} {
  const { world, endpoint, stats, lake } = options;
  const followers = new Set<Parameters<PageBackend['follow']>[0]>();
  const rate = rateMeter();
  const status = (): StatusMessage => {
    const now = systemClock.now();
    const { delivered, inFlight, pending, retriedRecords, ambiguous, failed, eventBytes, billedBytes } =
      stats();
    return {
      ...world.status(now),
      producer: {
        eventsPerSecond: rate(delivered, now),
        accepted: delivered,
        inFlight,
        pending,
        retries: retriedRecords,
        ambiguous,
        failed,
        eventBytes,
        billedBytes,
        dollars: firehoseDollars(billedBytes),
      },
      lake: lake(),
      faults: endpoint.faults,
      endpoint: endpoint.isDown ? 'down' : 'up',
    };
  };
  const frame = (): unknown => ({ at: world.at(systemClock.now()), cells: world.board.cells() });
  const tell = (name: 'status' | 'frame', make: () => unknown): void => {
    if (followers.size === 0) return;
    const message = make();
    for (const send of followers) send(name, message);
  };
  const timers = [
    every(frameMs, () => {
      tell('frame', frame);
    }),
    every(statusMs, () => {
      tell('status', status);
    }),
  ];
  return {
    stop: () => {
      for (const end of timers) end();
    },
    backend: {
      queries: queryNames.map((name) => ({
        name,
        title: namedTitle(name),
        sql: namedSql(name, `${names.database}.${names.table}`),
      })),
      follow(send) {
        followers.add(send);
        send('world', world.message);
        send('status', status());
        send('frame', frame());
        return () => followers.delete(send);
      },
      series: (storeId, productId) => world.board.series(storeId, productId),
      async query(sql) {
        const startedAt = systemClock.now();
        // One more than is shown tells whether there are more.
        const rows = await endpoint.query(sql, shownRows + 1);
        const shown = rows.slice(0, shownRows);
        return {
          columns: Object.keys(rows[0] ?? {}),
          rows: shown.map((row) => Object.values(row)),
          elapsedMs: Math.round(systemClock.now() - startedAt),
          cut: rows.length > shown.length,
        };
      },
      async control(request) {
        if (request.action === 'fault') await endpoint.switchFault(request.fault, request.on);
        else world.control(request, systemClock.now());
        tell('status', status);
      },
    },
  };
}

/** Events a second between two looks at a count, smoothed over some seconds. */
function rateMeter(): (count: number, now: number) => number {
  let lastCount = 0;
  let lastAt: number | undefined;
  let rate = 0;
  return (count, now) => {
    if (lastAt !== undefined && now - lastAt > 100) {
      const latest = ((count - lastCount) / (now - lastAt)) * 1000;
      rate = rate === 0 ? latest : rate * 0.7 + latest * 0.3;
      lastCount = count;
      lastAt = now;
    }
    lastAt ??= now;
    return Math.round(rate);
  };
}

/** Calls back each time so many milliseconds have passed; the returned function ends it. */
function every(periodMs: number, callback: () => void): () => void {
  let due = systemClock.now() + periodMs;
  let cancel = systemClock.schedule(turn, periodMs, { keepAlive: true });
  return () => {
    cancel();
  };

  function turn(): void {
    // From the planned instant, not from now: late timers do not add up. What is missed is not made up for.
    due = Math.max(due + periodMs, systemClock.now());
    cancel = systemClock.schedule(turn, due - systemClock.now(), { keepAlive: true });
    callback();
  }
}
