import type { ControlRequest, FaultName, StatusMessage, WorldMessage } from '@store/page-protocol';
import type { InventoryEvent } from '@store/schema';
import type { PageBackend } from '../../src/up/page-server.js';
import { ShelfBoard } from '../../src/up/shelf-board.js';

/** A backend with made-up numbers that change as fast as the page is meant to bear: for the page alone. */
export interface PretendBackend extends PageBackend {
  readonly asked: ControlRequest[];
  stop(): void;
}

/** Starts a backend of `stores` times `products` shelves that sends ten frames a second. */
export function pretendBackend(stores: number, products: number): PretendBackend {
  const world: WorldMessage = {
    stores: Array.from({ length: stores }, (_, index) => ({
      id: `S${index}`,
      name: `Store ${index}`,
      city: 'Oslo',
    })),
    products: Array.from({ length: products }, (_, index) => ({ id: `P${index}`, name: `Product ${index}` })),
    from: '2026-01-05T00:00:00.000Z',
    to: '2026-01-12T00:00:00.000Z',
  };
  const board = new ShelfBoard(
    world.stores.map(({ id }) => id),
    world.products.map(({ id }) => id),
  );
  const asked: ControlRequest[] = [];
  const followers = new Set<Parameters<PageBackend['follow']>[0]>();
  const faults = new Set<FaultName>();
  let state: StatusMessage['state'] = 'running';
  let speed = 600;
  let turn = 0;
  const event = (shelf: number, at: number): InventoryEvent => {
    const current_stock = (shelf * 7919 + turn * 13) % 90;
    return {
      event_id: `${shelf}-${turn}`,
      event_type: turn % 9 === 0 ? 'restock' : 'sale',
      event_time: new Date(at).toISOString(),
      sequence: turn,
      store_id: `S${Math.floor(shelf / products)}`,
      store_name: `Store ${Math.floor(shelf / products)}`,
      location: { city: 'Oslo', region: 'Oslo', country: 'NO', latitude: 59.9, longitude: 10.7 },
      product_id: `P${shelf % products}`,
      product_name: `Product ${shelf % products}`,
      category: 'things',
      unit_price: 9.5,
      quantity_delta: 0,
      current_stock,
      min_threshold: 20,
      on_order: 0,
      is_low_stock: current_stock < 20,
    };
  };
  const status = (): StatusMessage => ({
    at: new Date(Date.parse(world.from) + turn * 60_000).toISOString(),
    state,
    speed,
    generated: turn * 1000,
    producer: {
      eventsPerSecond: 12_345,
      accepted: turn * 1000,
      inFlight: turn % 4,
      pending: turn % 500,
      retries: 0,
      ambiguous: 0,
      failed: 0,
      eventBytes: turn * 380_000,
      billedBytes: turn * 381_000,
      dollars: turn * 0.00001,
    },
    lake: {
      rows: turn * 1000,
      distinctEvents: turn * 1000,
      files: 12,
      bytes: turn * 46_000,
      freshnessMs: 41,
    },
    low: board.low().rows,
    lowTotal: board.low().total,
    trucks: [],
    trucksOnTheWay: 0,
    trucksArrived: 0,
    faults: [...faults],
    endpoint: faults.has('kill') ? 'down' : 'up',
  });
  const timer = setInterval(() => {
    if (state !== 'running') return;
    turn++;
    const at = Date.parse(world.from) + turn * 60_000;
    for (let shelf = turn % 3; shelf < stores * products; shelf += 3) board.apply(event(shelf, at));
    const frame = { at: new Date(at).toISOString(), cells: board.cells() };
    for (const send of followers) {
      send('frame', frame);
      if (turn % 5 === 0) send('status', status());
    }
  }, 100);
  return {
    asked,
    queries: [{ name: 'low-stock', title: 'Shelves below their reorder point', sql: 'select 1' }],
    follow(send) {
      followers.add(send);
      send('world', world);
      send('status', status());
      send('frame', { at: world.from, cells: board.cells() });
      return () => followers.delete(send);
    },
    series: (storeId, productId) => board.series(storeId, productId),
    query: async (sql) => {
      if (sql.includes('nonsense')) throw new Error('Parser Error: syntax error at or near "nonsense"');
      return { columns: ['answer', 'text'], rows: [[42, 'forty-two']], elapsedMs: 7, cut: false };
    },
    control: async (request) => {
      asked.push(request);
      if (request.action === 'pause') state = 'paused';
      if (request.action === 'resume') state = 'running';
      if (request.action === 'speed') speed = request.speed;
      if (request.action === 'fault') {
        if (request.on) faults.add(request.fault);
        else faults.delete(request.fault);
      }
      for (const send of followers) send('status', status());
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
