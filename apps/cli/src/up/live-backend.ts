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
    const now = performance.now();
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
  const frame = (): unknown => ({ at: world.at(performance.now()), cells: world.board.cells() });
  const tell = (name: 'status' | 'frame', make: () => unknown): void => {
    if (followers.size === 0) return;
    const message = make();
    for (const send of followers) send(name, message);
  };
  const timers = [
    setInterval(() => {
      tell('frame', frame);
    }, frameMs),
    setInterval(() => {
      tell('status', status);
    }, statusMs),
  ];
  return {
    stop: () => {
      timers.forEach(clearInterval);
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
        const startedAt = performance.now();
        const rows = await endpoint.query(sql);
        const shown = rows.slice(0, shownRows);
        return {
          columns: Object.keys(rows[0] ?? {}),
          rows: shown.map((row) => Object.values(row)),
          elapsedMs: Math.round(performance.now() - startedAt),
          cut: rows.length > shown.length,
        };
      },
      async control(request) {
        if (request.action === 'fault') await endpoint.switchFault(request.fault, request.on);
        else world.control(request, performance.now());
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
