import type { ControlRequest, StatusMessage, WorldMessage } from '@store/dashboard/protocol';
import type { FirehoseProducer } from '@store/firehose';
import type { TruckLoad } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { worldOf } from '../chain/world.js';
import type { WorldFlags } from '../options/world-options.js';
import { ClosedLoop } from './closed-loop.js';
import { Player } from './player.js';
import { ShelfBoard } from './shelf-board.js';

const msPerDay = 86_400_000;
/** Events of one turn at most, so that the page and the network get theirs. */
const eventsPerTurn = 5000;

/** What moves the world; faults are the endpoint's. */
export type WorldControl = Exclude<ControlRequest, { readonly action: 'fault' }>;

/** A world that plays: its events go to the producer and the board, trucks fill its shelves. */
export class LiveWorld {
  readonly message: WorldMessage;
  readonly board: ShelfBoard;
  readonly #player: Player;
  readonly #loop = new ClosedLoop();
  readonly #producer: Pick<FirehoseProducer<InventoryEvent>, 'put' | 'drained'>;
  #full = false;
  #generated = 0;

  constructor(
    flags: WorldFlags & { readonly speed: number },
    producer: FirehoseProducer<InventoryEvent>,
    now: number,
  ) {
    const { startMs: fromMs, endMs: toMs, stores, products } = worldOf(flags);
    this.message = {
      stores: stores.map(({ store_id, store_name, location }) => ({
        id: store_id,
        name: store_name,
        city: location.city,
      })),
      products: products.map(({ product_id, product_name }) => ({ id: product_id, name: product_name })),
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    };
    this.board = new ShelfBoard(
      this.message.stores.map(({ id }) => id),
      this.message.products.map(({ id }) => id),
    );
    this.#producer = producer;
    const source = { fromMs, toMs, open: (atMs: number) => this.#open(flags, atMs) };
    this.#player = new Player(source, flags.speed, now);
    // The first day fills the board and is not sent: a page of unknown shelves tells nothing.
    if (flags.days > 1) this.#player.seek(fromMs + msPerDay, now);
  }

  /** Lets through what is due. */
  turn(now: number): void {
    // A full producer stops the world rather than losing its events.
    if (this.#full) {
      this.#player.hold(now);
      return;
    }
    for (const event of this.#player.due(now, eventsPerTurn)) this.#send(this.#loop.apply(event));
    for (const event of this.#loop.arrivals(this.#player.worldMs(now))) this.#send(event);
  }

  /** World time, ISO 8601. */
  at(now: number): string {
    return new Date(this.#player.worldMs(now)).toISOString();
  }

  /** A load has reached the trucks: it drives. */
  dispatch(load: TruckLoad, now: number): void {
    this.#loop.dispatch(load, this.#player.worldMs(now));
  }

  control(request: WorldControl, now: number): void {
    switch (request.action) {
      case 'pause':
        this.#player.pause(now);
        break;
      case 'resume':
        this.#player.resume(now);
        break;
      case 'speed':
        this.#player.setSpeed(request.speed, now);
        break;
      case 'seek':
        this.#loop.reset();
        this.board.clear();
        this.#player.seek(Date.parse(request.at), now);
    }
  }

  /** The world's part of the page's status. */
  status(
    now: number,
  ): Pick<
    StatusMessage,
    | 'at'
    | 'state'
    | 'speed'
    | 'generated'
    | 'low'
    | 'lowTotal'
    | 'trucks'
    | 'trucksOnTheWay'
    | 'trucksArrived'
  > {
    const { rows, total } = this.board.low();
    const { trucks, arrived } = this.#loop;
    return {
      at: this.at(now),
      state: this.#player.state,
      speed: this.#player.speed,
      generated: this.#generated,
      low: rows,
      lowTotal: total,
      trucks: trucks.slice(0, 30).map(({ load, leftAtMs, arrivesAtMs }) => ({
        id: load.load_id,
        storeName: load.store_name,
        city: load.city,
        units: load.units,
        lines: load.items.length,
        leftAt: new Date(leftAtMs).toISOString(),
        arrivesAt: new Date(arrivesAtMs).toISOString(),
      })),
      trucksOnTheWay: trucks.length,
      trucksArrived: arrived,
    };
  }

  #send(event: InventoryEvent): void {
    this.#generated++;
    this.board.apply(event);
    if (this.#producer.put(event) || this.#full) return;
    this.#full = true;
    const room = (): void => {
      this.#full = false;
    };
    // Rejected when the producer was aborted: then nothing is sent any more, and there is nothing to wait for.
    this.#producer.drained().then(room, room);
  }

  *#open(flags: WorldFlags, atMs: number): Generator<InventoryEvent> {
    for (const event of worldOf(flags).events()) {
      if (Date.parse(event.event_time) >= atMs) yield event;
      else {
        this.board.apply(event);
        this.#loop.remember(event);
      }
    }
  }
}
