import type { ControlRequest, StatusMessage, WorldMessage } from '@store/page-protocol';
import type { FirehoseProducer } from '@store/firehose';
import type { World } from '@store/generator';
import { createLowStockDetector, type TruckLoad } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { worldOf } from '../inventory/world.js';
import type { WorldFlags } from '../options/world-options.js';
import { Player } from './player.js';
import { ShelfBoard } from './shelf-board.js';
import { deliverInTime, TruckFleet } from './truck-fleet.js';

const msPerDay = 86_400_000;
/** Events of one turn at most, so that the page and the network get theirs. */
const eventsPerTurn = 5000;

/** What moves the world; faults are the endpoint's. */
export type WorldControl = Exclude<ControlRequest, { readonly action: 'fault' }>;

/** A world that plays: its events go to the producer and the board, and only trucks fill its shelves. */
export class LiveWorld {
  readonly message: WorldMessage;
  readonly board: ShelfBoard;
  readonly #player: Player;
  readonly #fleet = new TruckFleet();
  readonly #retelling = new Retelling();
  /** The world of the days that are played now. */
  #world: World;
  readonly #producer: Pick<FirehoseProducer<InventoryEvent>, 'put' | 'drained'>;
  #full = false;
  #generated = 0;

  constructor(
    flags: WorldFlags & { readonly speed: number },
    producer: Pick<FirehoseProducer<InventoryEvent>, 'put' | 'drained'>,
    now: number,
  ) {
    this.#world = openWorld(flags);
    const { startMs: fromMs, endMs: toMs, stores, products } = this.#world;
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
    for (const event of this.#player.due(now, eventsPerTurn)) this.#send(this.#retelling.tell(event));
    this.#fleet.arrive(this.#player.worldMs(now));
  }

  /** World time, ISO 8601. */
  at(now: number): string {
    return new Date(this.#player.worldMs(now)).toISOString();
  }

  /** A load has reached the trucks: it drives. */
  dispatch(load: TruckLoad, now: number): void {
    this.#fleet.dispatch(load, this.#player.worldMs(now), this.#world);
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
        this.#fleet.clear();
        this.#retelling.again();
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
    const { trucks, arrived } = this.#fleet;
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

  /** Days before the instant are simulated and not sent: their trucks arrive as they would have, without queue and lake. */
  *#open(flags: WorldFlags, atMs: number): Generator<InventoryEvent> {
    const world = (this.#world = openWorld(flags));
    const detector = createLowStockDetector();
    for (const event of world.events()) {
      if (Date.parse(event.event_time) >= atMs) yield event;
      else {
        this.board.apply(event);
        const request = detector.add(event);
        if (request !== undefined && request.quantity > 0) {
          const { store_id, product_id, quantity } = request;
          deliverInTime(world, { store_id, product_id, quantity, at: event.event_time });
        }
      }
    }
  }
}

const openWorld = (flags: WorldFlags): World => worldOf(flags, { replenishment: 'deliveries' });

/**
 * A world that was moved tells some days again, and not the same: other trucks come. Its events get other ids
 * and go on counting where the store had stopped, so that the lake's newest row of a shelf is the one told last.
 */
export class Retelling {
  #times = 0;
  readonly #shift = new Map<string, number>();
  readonly #greatest = new Map<string, number>();

  /** The event as it is sent: unchanged, until the world is moved for the first time. */
  tell(event: InventoryEvent): InventoryEvent {
    const { store_id } = event;
    const sequence = event.sequence + (this.#shift.get(store_id) ?? 0);
    if (sequence > (this.#greatest.get(store_id) ?? 0)) this.#greatest.set(store_id, sequence);
    return this.#times === 0 ? event : { ...event, sequence, event_id: `${event.event_id}~${this.#times}` };
  }

  /** The world starts to tell again, from whatever day. */
  again(): void {
    this.#times++;
    for (const [store, greatest] of this.#greatest) this.#shift.set(store, greatest);
  }
}
