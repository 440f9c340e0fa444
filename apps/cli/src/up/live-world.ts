import type { ControlRequest, StatusMessage, WorldMessage } from '@store/page-protocol';
import type { FirehoseProducer } from '@store/firehose';
import type { World } from '@store/generator';
import { createLowStockDetector, orderQuantity, type TruckLoad } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { mostRuns } from '../inventory/runs.js';
import { worldOf } from '../inventory/world.js';
import type { WorldFlags } from '../options/world-flags.js';
import { CliError } from '../terminal/errors.js';
import { OpenOrders } from './open-orders.js';
import { Player } from './player.js';
import { Runs, type RunEvent } from './runs.js';
import type { RunBeginning } from './run-book.js';
import { ShelfBoard, type Arrival } from './shelf-board.js';
import { deliverInTime, TruckFleet } from './truck-fleet.js';

const msPerDay = 86_400_000;
/** Events of one turn at most, so that the page and the network get theirs. */
const eventsPerTurn = 5000;

/** Chaos repeats an event within half a minute of the world: its first copy is among this many of the last ids. */
const rememberedIds = 10_000;

/** What moves the world; faults are the endpoint's. */
export type WorldControl = Exclude<ControlRequest, { readonly action: 'fault' }>;

/** A world that plays: its events go to the producer and the board, and only trucks fill its shelves. */
export class LiveWorld {
  readonly message: WorldMessage;
  readonly board: ShelfBoard;
  readonly #player: Player;
  readonly #fleet = new TruckFleet();
  readonly #runs = new Runs();
  readonly #orders = new OpenOrders();
  /** The world of the days that are played now. */
  #world: World;
  readonly #producer: Pick<FirehoseProducer<RunEvent>, 'put' | 'drained'>;
  #full = false;
  #generated = 0;
  /** Ids of the last events of this run, the oldest first. */
  readonly #lastIds = new Set<string>();
  #toldEnd = false;

  constructor(
    flags: WorldFlags & { readonly speed: number },
    producer: Pick<FirehoseProducer<RunEvent>, 'put' | 'drained'>,
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
      products: products.map(({ product_id, product_name, category }) => ({
        id: product_id,
        name: product_name,
        category,
      })),
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    };
    this.board = new ShelfBoard(this.message);
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
    for (const event of this.#player.due(now, eventsPerTurn))
      this.#send(this.#orders.tell(this.#runs.tell(event)));
    this.#fleet.arrive(this.#player.worldMs(now));
  }

  /** Events that were sent; one that chaos repeats is no other, as in the lake's count of distinct events. */
  get generated(): number {
    return this.#generated;
  }

  /** World time, ISO 8601. */
  at(now: number): string {
    return new Date(this.#player.worldMs(now)).toISOString();
  }

  /** A load has reached the trucks: it drives. */
  dispatch(load: TruckLoad, now: number): void {
    const worldMs = this.#player.worldMs(now);
    for (const arrival of this.#fleet.dispatch(load, worldMs, this.#world)) this.board.expect(arrival);
    for (const event of this.#orders.place(load, new Date(worldMs).toISOString())) this.#send(event);
  }

  /** How the run that begins now is. */
  beginning(now: number): Omit<RunBeginning, 'reason'> {
    const { stores, products, from, to } = this.message;
    return {
      run: this.#runs.run,
      world_time: this.at(now),
      stores: stores.length,
      products: products.length,
      days: Math.round((Date.parse(to) - Date.parse(from)) / msPerDay),
      start_day: from.slice(0, 10),
      speed: this.#player.speed,
    };
  }

  /** Whether the world came to its end since the last call. */
  takeEnded(): boolean {
    const ended = this.#player.state === 'ended';
    const news = ended && !this.#toldEnd;
    this.#toldEnd = ended;
    return news;
  }

  /** Requests whose units have come to their shelves since the last call. */
  takeDelivered(): readonly string[] {
    return this.#orders.takeDelivered();
  }

  /** Changes how the world plays, and returns in words what happened; a move begins a new run. */
  control(request: WorldControl, now: number): string {
    switch (request.action) {
      case 'pause':
        this.#player.pause(now);
        return `Paused at ${worldMinute(this.at(now))}`;
      case 'resume':
        this.#player.resume(now);
        return 'Resumed';
      case 'speed':
        this.#player.setSpeed(request.speed, now);
        return `Speed: ${request.speed.toLocaleString('en-US')} times real time`;
      case 'seek': {
        const before = this.#runs.run;
        if (before >= mostRuns)
          throw new CliError('BAD_REQUEST', `A lake holds ${mostRuns} runs: start \`store up\` again.`);
        const recalled = this.#fleet.recall();
        this.#runs.next();
        this.#lastIds.clear();
        this.#player.seek(Date.parse(request.at), now);
        const trucks = recalled === 1 ? '1 truck was recalled' : `${recalled} trucks were recalled`;
        return `Moved to ${worldMinute(this.at(now))}: run ${before + 1} begins, run ${before} stays in the lake, ${trucks}`;
      }
    }
  }

  /** The world's part of the page's status. */
  status(
    now: number,
  ): Pick<
    StatusMessage,
    | 'at'
    | 'state'
    | 'run'
    | 'speed'
    | 'generated'
    | 'low'
    | 'empty'
    | 'shelves'
    | 'trucksOnTheWay'
    | 'trucksArrived'
    | 'nextTruckAt'
    | 'suggested'
  > {
    const { trucks, arrived } = this.#fleet;
    const [next] = trucks;
    const suggested = this.board.suggested();
    return {
      at: this.at(now),
      state: this.#player.state,
      run: this.#runs.run,
      speed: this.#player.speed,
      generated: this.#generated,
      ...this.board.counts(),
      trucksOnTheWay: trucks.length,
      trucksArrived: arrived,
      ...(next === undefined ? {} : { nextTruckAt: new Date(next.arrivesAtMs).toISOString() }),
      ...(suggested === undefined ? {} : { suggested }),
    };
  }

  #send(event: InventoryEvent): void {
    if (!this.#lastIds.has(event.event_id)) this.#generated++;
    this.#lastIds.add(event.event_id);
    const [oldest = ''] = this.#lastIds;
    if (this.#lastIds.size > rememberedIds) this.#lastIds.delete(oldest);
    this.board.apply(event);
    if (this.#producer.put({ ...event, run: this.#runs.run }) || this.#full) return;
    this.#full = true;
    const room = (): void => {
      this.#full = false;
    };
    // Rejected when the producer was aborted: then nothing is sent any more, and there is nothing to wait for.
    this.#producer.drained().then(room, room);
  }

  /**
   * What a shelf that is low as the world begins needs was ordered then: one that is empty sells nothing, so that no event
   * of it would ask for a truck.
   */
  #openShelves(world: World, atMs: number): void {
    // A player that is moved before it has begun has opened the shelves already.
    this.#orders.clear();
    this.#fleet.recall();
    const at = new Date(world.startMs);
    const arrivals: Arrival[] = [];
    const shelves = Array.from(world.openingShelves(), (shelf) => {
      const { store_id, product_id, current_stock, min_threshold } = shelf;
      if (current_stock >= min_threshold) return shelf;
      const quantity = orderQuantity({ current_stock, min_threshold, on_order: 0 });
      const receipt = deliverInTime(world, { store_id, product_id, quantity, at });
      if (receipt === undefined) return shelf;
      this.#orders.expect(shelf, quantity);
      arrivals.push({ store_id, product_id, quantity, atMs: receipt.atMs });
      if (receipt.atMs > atMs) this.#fleet.expect(store_id, receipt.atMs);
      return { ...shelf, on_order: quantity };
    });
    this.board.open(shelves, world.startMs);
    for (const arrival of arrivals) this.board.expect(arrival);
  }

  /**
   * Days before the instant are simulated and not sent: their trucks arrive as they would have, without queue and lake, and
   * what they have not brought by then is on order.
   */
  *#open(flags: WorldFlags, atMs: number): Generator<InventoryEvent> {
    const world = (this.#world = openWorld(flags));
    this.#openShelves(world, atMs);
    const detector = createLowStockDetector();
    for (const event of world.events()) {
      if (Date.parse(event.event_time) >= atMs) yield event;
      else {
        const told = this.#orders.tell(this.#runs.tell(event));
        this.board.apply(told);
        const request = detector.add(told);
        if (request === undefined || request.quantity <= 0) continue;
        const { store_id, product_id, quantity } = request;
        const receipt = deliverInTime(world, { store_id, product_id, quantity, at: told.event_time });
        if (receipt === undefined) continue;
        this.board.apply(this.#orders.before(told, quantity));
        this.board.expect({ store_id, product_id, quantity, atMs: receipt.atMs });
        if (receipt.atMs > atMs) this.#fleet.expect(store_id, receipt.atMs);
      }
    }
  }
}

/** `2026-01-06T08:00:00.000Z` as `Tue 6 Jan, 08:00`, as the page writes it everywhere else. */
function worldMinute(iso: string): string {
  const [weekday = '', day = '', month = '', , time = ''] = new Date(iso).toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${Number(day)} ${month}, ${time.slice(0, 5)}`;
}

const openWorld = (flags: WorldFlags): World => worldOf(flags, { replenishment: 'deliveries' });
