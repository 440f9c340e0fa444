import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import type { Deliveries } from './deliveries.js';
import type { SeriesLayout } from './series-layout.js';
import type { EventLog } from './event-log.js';
import type { OpenOrders } from '../policy/open-orders.js';
import type { DemandRows } from './demand-rows.js';
import type { SeriesState } from './series-state.js';
import type { SlowLevels } from './slow-levels.js';

/** In `idle`: a product before its launch, of which no truck comes. */
export const UNLAUNCHED = 1;
/** In `idle`: a product whose season or sale is over; what is on order comes all the same. */
export const OFF_SALE = 2;

/** What a store's local day is like: prices, and how much more or less is wanted. */
export interface ShopDay {
  /** No customer and no truck. */
  readonly closed: boolean;
  /** Days directly before on which the store was closed by a factor of 0, for counts that fell on them. */
  readonly closedBefore: number;
  /** Opening hours, milliseconds since local midnight. */
  readonly opensAt: number;
  readonly closesAt: number;
  /** Rate classes to add to each product's own, and to those of the whole store. */
  readonly shift: Int16Array;
  readonly storeShift: number;
  /** 1 for each product whose price is new today. */
  readonly changed: Uint8Array;
  /** Price of each product, hundredths, and its everyday price. */
  readonly prices: Int32Array;
  readonly everyday: Int32Array;
  /** `UNLAUNCHED` or `OFF_SALE` for each product that is not on sale today, else 0; undefined where all are. */
  readonly idle: Uint8Array | undefined;
}

/** Days of stores: functions of the day, so that any day can come first. */
export interface ShopDays {
  /** The day of the store at a position in the shard; valid until the next call. */
  of(day: number, s: number): ShopDay;
  /** Whether a store takes no truck with a product on a local day: it is closed, or the product is not launched. */
  closedOn(s: number, p: number, day: number): boolean;
}

/** Where a function is asked for the orders of a store. */
export interface OrderDesk {
  readonly orders: OpenOrders;
  /** Units to order tonight by product; `from` is where the store's day begins in the log. */
  review(s: number, day: number, shop: ShopDay, from: number): ReadonlyMap<number, number>;
}

/** What the simulation of one shard's days reads and changes. */
export interface DayParts {
  readonly model: WorldModel;
  readonly rows: DemandRows;
  readonly randomness: Randomness;
  readonly products: readonly Product[];
  readonly stores: readonly Store[];
  readonly state: SeriesState;
  readonly layout: SeriesLayout;
  readonly days: ShopDays;
  /** Days that each product keeps, where products have their own. */
  readonly lives: Uint16Array | undefined;
  /** Last local day of sale of each product; undefined where none is withdrawn. */
  readonly lastDays: Float64Array | undefined;
  /** Slow levels of the series, rate classes; undefined without. */
  readonly levels: SlowLevels | undefined;
  readonly deliveries: Deliveries;
  readonly log: EventLog;
  /** Whether the model's policy orders. */
  readonly ordering: boolean;
  /** Where stores order by a function instead; undefined under the model's policy. */
  readonly desk: OrderDesk | undefined;
}

/** Why a shelf is empty at closing: 0 it is not, 1 ordering, 2 the shelf itself, 3 the supplier. */
export type CauseNumber = 0 | 1 | 2 | 3;

/** A series' day as its observer sees it: only what happened within the observer's window. One object is used again. */
export interface DayTally {
  /** Units wanted, before any substitution. */
  demand: number;
  sold: number;
  lost: number;
  /** Units wanted instead of a neighbour that was not to be had; sold here or lost here. */
  substituted: number;
  /** Units on the shelf at closing, or at the window's end if that is earlier. */
  physical: number;
  recorded: number;
  /** Units of the product's own demand that were not there, whoever served its buyers. */
  missed: number;
  /** Units of it that nobody could serve: they came after the shelf had failed for the day, with or without stock. */
  barred: number;
  /** Units that came off trucks before closing, came back from customers, and spoiled. */
  received: number;
  /** Units that were due on time and did not come. */
  short: number;
  returned: number;
  wasted: number;
  /** Units in the store at the beginning of the day, or of the window if that is later. */
  opening: number;
  /** Of a day whose closing is in the window. */
  cause: CauseNumber;
  /** Whether closing is in the window. */
  closing: boolean;
  /** Whether a part of the local day lies outside the window. */
  partial: boolean;
  /** Whether the opening hours are in the window. */
  wholeHours: boolean;
  /** Recorded stock at closing, and whether it was none at some time since opening: right where the hours are complete. */
  onHand: number;
  emptied: boolean;
  /** Prices of the store's day, and everyday prices, of each product; valid until the next store's day. */
  prices: Int32Array;
  everyday: Int32Array;
}

/** Is called with what the events do not say; `series` is the position in the shard. */
export interface DayObserver {
  /** What counts, milliseconds since 1970; the end is not in it. */
  readonly window: readonly [fromMs: number, untilMs: number];
  /** A series at closing time, on each local day of which a part is in the window. */
  closed(series: number, day: number, tally: Readonly<DayTally>): void;
  /** Units that vanished or were damaged. */
  shrunk(series: number, day: number, units: number, seen: boolean): void;
  /** A count, before it corrects the record; in the window or not. */
  counted(series: number, day: number, physical: number, recorded: number): void;
  /** An order and its instant, milliseconds since 1970; in the window or not. */
  ordered(series: number, day: number, units: number, atMs: number): void;
  /**
   * A truck that came in the evening, after `closed`, or on a day on which the product is not on sale: the units that
   * came, those that the record takes, and the instant; in the window or not. Of a count on such a day none came.
   */
  restocked?(series: number, came: number, recorded: number, atMs: number): void;
}

/** Of an observer that counts everything. */
export const ALL_TIME: readonly [fromMs: number, untilMs: number] = [-Infinity, Infinity];

/** Everything of a clock that changes, for snapshots. */
export interface ClockMoment {
  readonly day: number;
  readonly horizon: number;
  readonly reachedMs: number;
  readonly untilMs: number;
  readonly sequences: Float64Array;
  /** Logged events that were not handed out: the sorted ones, then the later ones as they were made. */
  readonly pending: Int32Array;
}
