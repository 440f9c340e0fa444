import { systemClock } from '@store/foundation';
import {
  packChanges,
  type ControlRequest,
  type LakeGauges,
  type LowAnswer,
  type SampleMessage,
  type StatusMessage,
} from '@store/page-protocol';
import type { ProducerStats } from '@store/firehose';
import { firehoseDollars } from '../inventory/producer.js';
import { names } from '../inventory/names.js';
import { runsQuery } from '../inventory/runs.js';
import { namedSql, namedTitle, queryNames } from '../query/named-queries.js';
import type { ChainWatch } from './chain-watch.js';
import { FaultWatch } from './fault-watch.js';
import type { Freshness } from './freshness.js';
import { History } from './history.js';
import type { LiveWorld } from './live-world.js';
import { parseLowQuery } from './low-stock.js';
import { parseControl } from './page-requests.js';
import type { PageRoute } from './page-routes.js';
import type { PageBackend } from './page-server.js';
import type { RestartableEndpoint } from './restartable-endpoint.js';
import { RunLog } from './run-log.js';
import type { RunBook } from './run-book.js';

const frameMs = 100;
const statusMs = 500;
const sampleMs = 1000;

/** What the page is told about. */
export interface LiveBackendOptions {
  readonly world: LiveWorld;
  /** Takes down what becomes of the runs. */
  readonly book: Pick<RunBook, 'begin' | 'setSpeed' | 'addFault'>;
  readonly endpoint: RestartableEndpoint;
  readonly watch: ChainWatch;
  readonly freshness: Freshness;
  readonly stats: () => ProducerStats;
  readonly lake: () => LakeGauges;
  /** When the oldest request in the trucks' queue was asked for. */
  readonly queueSince: () => number | undefined;
  /** What the service says of the delivery stream where that is not there. */
  readonly missing: () => string | undefined;
  /** What the Data and SQL views read and post. */
  readonly routes: readonly PageRoute[];
}

type Send = Parameters<PageBackend['follow']>[0];

/** Answers the page out of the running chain. It is watched all the time, so that a page that opens knows what was. */
export function createLiveBackend(options: LiveBackendOptions): {
  readonly backend: PageBackend;
  stop(): void;
} {
  const { world, book, endpoint, watch, freshness, stats, lake } = options;
  const followers = new Map<Send, { whole: boolean }>();
  const history = new History();
  const log = new RunLog((entry) => {
    tell('log', entry, entry.id);
  });
  const faults = new FaultWatch(log);
  let missing: string | undefined;
  let rates = { made: 0, landed: 0 };
  let counted = { at: systemClock.now(), made: 0, landed: 0 };

  const status = (): StatusMessage => {
    const now = systemClock.now();
    const all = stats();
    const worldStatus = world.status(now);
    const { rows } = lake();
    const queueSince = options.queueSince();
    const { delivered, inFlight, pending, retriedRecords, ambiguous, failed, eventBytes, billedBytes } = all;
    return {
      now,
      ...worldStatus,
      chain: watch.judge(
        {
          world: worldStatus,
          stats: all,
          faults: endpoint.faults,
          isDown: endpoint.isDown,
          madePerSecond: rates.made,
          rows,
          freshAt: freshness.freshAt,
          queueSince,
        },
        now,
      ),
      ...(queueSince === undefined ? {} : { queueSince }),
      freshAt: freshness.freshAt,
      producer: {
        accepted: delivered,
        inFlight,
        pending,
        retries: retriedRecords,
        ambiguous,
        failed,
        eventBytes,
        billedBytes,
        dollars: firehoseDollars(billedBytes),
        sentAt: watch.sentAt,
      },
      lake: lake(),
      faults: endpoint.faults,
      bands: faults.bands,
    };
  };
  const sample = (): SampleMessage => {
    const now = systemClock.now();
    const { delivered, pending, failed } = stats();
    const seconds = Math.max(0.001, (now - counted.at) / 1000);
    rates = {
      made: Math.round((world.generated - counted.made) / seconds),
      landed: Math.round((delivered - counted.landed) / seconds),
    };
    counted = { at: now, made: world.generated, landed: delivered };
    return {
      at: Math.floor(now / 1000),
      ...rates,
      freshMs: Math.round(now - freshness.freshAt),
      waiting: pending,
      lost: failed,
    };
  };
  const frame = (): unknown => ({ at: world.at(systemClock.now()), cells: world.board.cells() });
  function tell(name: Parameters<Send>[0], message: unknown, id?: number): void {
    for (const send of followers.keys()) send(name, message, id);
  }
  const turn = (): void => {
    const changes = world.board.takeChanges();
    const moved = world.board.takeOpened();
    if (followers.size === 0) return;
    const at = world.at(systemClock.now());
    for (const [send, follower] of followers) {
      // Who lost a part of the changes gets every shelf, and so does everybody when the world was moved.
      const whole = moved || !follower.whole;
      follower.whole = whole ? send('frame', frame()) : send('delta', { at, changes: packChanges(changes) });
    }
  };
  const look = (): void => {
    faults.look(endpoint.faults, stats(), systemClock.now());
    for (const fault of endpoint.faults) book.addFault(fault);
    if (options.missing() !== missing) {
      missing = options.missing();
      if (missing === undefined) log.add('good', 'Events are delivered again', systemClock.now());
      else log.add('bad', `Nothing can be delivered: ${missing}`, systemClock.now());
    }
    if (world.takeEnded()) log.add('note', 'End of the simulation. Pick a day to replay.', systemClock.now());
    tell('status', status());
  };
  const timers = [
    every(frameMs, turn),
    every(statusMs, look),
    every(sampleMs, () => {
      const next = sample();
      history.add(next);
      tell('sample', next);
    }),
  ];
  const control = async (request: ControlRequest): Promise<void> => {
    if (request.action === 'fault') await endpoint.switchFault(request.fault, request.on);
    else {
      const now = systemClock.now();
      log.add(request.action === 'seek' ? 'run' : 'note', world.control(request, now), now);
      if (request.action === 'seek') book.begin({ ...world.beginning(now), reason: 'moved' }, now);
      if (request.action === 'speed') book.setSpeed(request.speed);
    }
    look();
  };
  log.add('run', 'Run 1 begins', systemClock.now());
  return {
    stop: () => {
      for (const end of timers) end();
    },
    backend: {
      queries: [
        ...queryNames.map((name) => ({
          name,
          title: namedTitle(name),
          sql: namedSql(name, names.table),
        })),
        runsQuery,
      ],
      follow(send, lastId) {
        send('world', world.message);
        send('history', history.message());
        for (const entry of log.after(lastId)) send('log', entry, entry.id);
        send('status', status());
        followers.set(send, { whole: send('frame', frame()) });
        return () => followers.delete(send);
      },
      routes: [
        {
          method: 'GET',
          path: '/api/series',
          answer({ params }) {
            const now = Date.parse(world.at(systemClock.now()));
            const found = world.board.series(params.get('store') ?? '', params.get('product') ?? '', now);
            return found === undefined
              ? { status: 404, json: { error: 'There is no such shelf.' } }
              : { json: found };
          },
        },
        {
          method: 'GET',
          path: '/api/low',
          answer({ params }) {
            const low = world.board.low(parseLowQuery(params));
            return { json: { at: world.at(systemClock.now()), ...low } satisfies LowAnswer };
          },
        },
        {
          method: 'POST',
          path: '/api/control',
          async answer({ body }) {
            await control(parseControl(body));
            return { json: {} };
          },
        },
        ...options.routes,
      ],
    },
  };
}

/** Calls back each time this many milliseconds have passed; the returned function ends it. */
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
