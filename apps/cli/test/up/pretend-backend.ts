import {
  packChanges,
  type ControlRequest,
  type FaultName,
  type SampleMessage,
  type StatusMessage,
  type WorldMessage,
} from '@store/page-protocol';
import type { InventoryEvent } from '@store/schema';
import { ChainWatch } from '../../src/up/chain-watch.js';
import { FaultWatch } from '../../src/up/fault-watch.js';
import { History } from '../../src/up/history.js';
import { parseLowQuery } from '../../src/up/low-stock.js';
import { parseControl, parseSql } from '../../src/up/page-requests.js';
import type { PageBackend } from '../../src/up/page-server.js';
import { RunLog } from '../../src/up/run-log.js';
import { ShelfBoard } from '../../src/up/shelf-board.js';

const categories = ['Bakery', 'Dairy', 'Produce', 'Frozen', 'Pantry'];
const cities = ['Oslo', 'Linz', 'Lyon', 'Porto'];

/** A backend with made-up numbers that change as fast as the page is meant to bear: for the page alone. */
export interface PretendBackend extends PageBackend {
  readonly asked: ControlRequest[];
  /** Statements that were posted. */
  readonly sent: string[];
  /** Says nothing more, and holds its connections. */
  hang(): void;
  stop(): void;
}

/** Starts a backend of `stores` times `products` shelves that sends ten frames a second. */
export function pretendBackend(stores: number, products: number): PretendBackend {
  const world: WorldMessage = {
    stores: Array.from({ length: stores }, (_, index) => ({
      id: `S${index}`,
      name: `Store ${index}`,
      city: cities[index % cities.length] ?? '',
    })),
    products: Array.from({ length: products }, (_, index) => ({
      id: `P${index}`,
      name: `Product ${index}`,
      category: categories[Math.floor((index * categories.length) / products)] ?? '',
    })),
    from: '2026-01-05T00:00:00.000Z',
    to: '2026-01-12T00:00:00.000Z',
  };
  const board = new ShelfBoard(world);
  board.open(
    world.stores.flatMap(({ id: store_id }) =>
      world.products.map(({ id: product_id }, index) => ({
        store_id,
        product_id,
        current_stock: 20 + index,
        min_threshold: 20,
      })),
    ),
    Date.parse(world.from),
  );
  board.takeOpened();
  const asked: ControlRequest[] = [];
  const queries: string[] = [];
  const followers = new Set<Parameters<PageBackend['follow']>[0]>();
  const faults = new Set<FaultName>();
  let state: StatusMessage['state'] = 'running';
  let speed = 600;
  let turn = 0;
  let ticks = 0;
  let isHung = false;
  const event = (shelf: number, at: number): InventoryEvent => {
    const current_stock = (shelf * 7919 + turn * 13) % 90;
    return {
      event_id: `${shelf}-${turn}`,
      event_type: turn % 9 === 0 ? 'restock' : 'sale',
      event_time: new Date(at).toISOString(),
      sequence: turn,
      store_id: `S${Math.floor(shelf / products)}`,
      store_name: `Store ${Math.floor(shelf / products)}`,
      location: {
        city: cities[Math.floor(shelf / products) % cities.length] ?? '',
        region: 'Oslo',
        country: 'NO',
        latitude: 59.9,
        longitude: 10.7,
      },
      product_id: `P${shelf % products}`,
      product_name: `Product ${shelf % products}`,
      category: categories[Math.floor(((shelf % products) * categories.length) / products)] ?? '',
      unit_price: 9.5,
      quantity_delta: 0,
      current_stock,
      min_threshold: 20,
      on_order: shelf % 4 === 0 ? 40 : 0,
      is_low_stock: current_stock < 20,
    };
  };
  const watch = new ChainWatch(Date.now());
  const history = new History();
  const log = new RunLog((entry) => {
    for (const send of followers) send('log', entry, entry.id);
  });
  const faultWatch = new FaultWatch(log);
  log.add('run', 'Run 1 begins', Date.now());
  for (let second = 599; second > 0; second--) history.add(sample(Math.floor(Date.now() / 1000) - second));
  function sample(at: number): SampleMessage {
    const made = Math.round(500 + 200 * Math.sin(at / 40));
    return { at, made, landed: made - (at % 7), freshMs: 300 + (at % 50), waiting: at % 9, lost: 0 };
  }
  const status = (): StatusMessage => {
    const now = Date.now();
    const isDown = faults.has('kill');
    const pending = isDown ? 1234 : turn % 50;
    for (const part of ['endpoint', 'lake', 'planner', 'trucks'] as const) if (!isDown) watch.good(part, now);
    faultWatch.look([...faults], { pending, failed: 0 }, now);
    const suggested = board.suggested();
    return {
      now,
      at: new Date(Date.parse(world.from) + turn * 60_000).toISOString(),
      state,
      run: 1,
      speed,
      generated: turn * 1000,
      chain: watch.judge(
        {
          world: { state, trucksOnTheWay: 3 },
          stats: {
            delivered: turn * 1000,
            pending,
            failed: 0,
            throttledRecords: 0,
            retriedRecords: 0,
            p50Ms: 3,
          },
          faults: [...faults],
          isDown,
          madePerSecond: 500,
          rows: turn * 1000,
          freshAt: now - 300,
          queueSince: undefined,
        },
        now,
      ),
      freshAt: now - 300,
      producer: {
        accepted: turn * 1000,
        inFlight: turn % 4,
        pending,
        retries: 0,
        ambiguous: 0,
        failed: 0,
        eventBytes: turn * 380_000,
        billedBytes: turn * 381_000,
        dollars: turn * 0.00001,
        sentAt: now - 100,
      },
      lake: { rows: turn * 1000, distinctEvents: turn * 1000, files: 12, bytes: turn * 46_000 },
      ...board.counts(),
      trucksOnTheWay: 3,
      trucksArrived: 2,
      faults: [...faults],
      bands: faultWatch.bands,
      ...(suggested === undefined ? {} : { suggested }),
    };
  };
  const timer = setInterval(() => {
    if (isHung) return;
    if (++ticks % 5 === 0) for (const send of followers) send('status', status());
    if (state !== 'running') return;
    turn++;
    const at = Date.parse(world.from) + turn * 60_000;
    for (let shelf = turn % 3; shelf < stores * products; shelf += 3) board.apply(event(shelf, at));
    const delta = { at: new Date(at).toISOString(), changes: packChanges(board.takeChanges()) };
    for (const send of followers) {
      send('delta', delta);
      if (turn % 10 === 0) send('sample', sample(Math.floor(Date.now() / 1000)));
    }
  }, 100);
  return {
    asked,
    sent: queries,
    queries: [{ name: 'low-stock', title: 'Shelves below their reorder point', sql: 'select 1' }],
    follow(send, lastId) {
      followers.add(send);
      send('world', world);
      send('history', history.message());
      for (const entry of log.after(lastId)) send('log', entry, entry.id);
      send('status', status());
      send('frame', { at: world.from, cells: board.cells() });
      return () => followers.delete(send);
    },
    routes: [
      {
        method: 'GET',
        path: '/api/series',
        answer({ params }) {
          const now = Date.parse(world.from) + turn * 60_000;
          const found = board.series(params.get('store') ?? '', params.get('product') ?? '', now);
          return found === undefined ? { status: 404, json: { error: 'No such shelf.' } } : { json: found };
        },
      },
      {
        method: 'GET',
        path: '/api/low',
        answer: ({ params }) => ({ json: { at: status().at, ...board.low(parseLowQuery(params)) } }),
      },
      {
        method: 'POST',
        path: '/api/query',
        async answer({ body }) {
          const { sql } = parseSql(body);
          queries.push(sql);
          if (sql.includes('nonsense')) throw new Error('Parser Error: syntax error at or near "nonsense"');
          return {
            json: {
              columns: [
                { name: 'answer', type: 'INTEGER' },
                { name: 'text', type: 'VARCHAR' },
              ],
              rows: [[42, 'forty-two']],
              elapsedMs: 7,
              cut: false,
              lake: { files: 3, waitingRows: 12 },
            },
          };
        },
      },
      {
        method: 'GET',
        path: '/api/schema',
        answer: () => ({
          json: {
            tables: [
              {
                name: 'inventory_events',
                isView: false,
                columns: [
                  { name: 'store_id', type: 'string', comment: '', isPartition: false },
                  {
                    name: 'location',
                    type: 'struct<city:string,region:string>',
                    comment: '',
                    isPartition: false,
                  },
                  { name: 'datehour', type: 'string', comment: '', isPartition: true },
                ],
              },
            ],
          },
        }),
      },
      {
        method: 'POST',
        path: '/api/control',
        answer({ body }) {
          const request = parseControl(body);
          asked.push(request);
          if (request.action === 'pause') state = 'paused';
          if (request.action === 'resume') state = 'running';
          if (request.action === 'speed') speed = request.speed;
          if (request.action === 'fault') {
            if (request.on) faults.add(request.fault);
            else faults.delete(request.fault);
          }
          for (const send of followers) send('status', status());
          return { json: {} };
        },
      },
    ],
    hang: () => {
      isHung = true;
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
