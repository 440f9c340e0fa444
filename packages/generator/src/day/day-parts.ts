import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import type { DayEffects } from './day-effects.js';
import type { Deliveries } from './deliveries.js';
import type { EventLog } from './event-log.js';
import type { DemandRows, SeriesState } from './series-state.js';

/** What the simulation of one shard's days reads and changes. */
export interface DayParts {
  readonly model: WorldModel;
  readonly rows: DemandRows;
  readonly randomness: Randomness;
  readonly products: readonly Product[];
  readonly stores: readonly Store[];
  readonly state: SeriesState;
  readonly effects: DayEffects;
  readonly deliveries: Deliveries;
  readonly log: EventLog;
  /** Whether the model's policy orders. */
  readonly ordering: boolean;
}

/** Why a shelf is empty at closing: 0 it is not, 1 ordering, 2 the shelf itself, 3 the supplier. */
export type CauseNumber = 0 | 1 | 2 | 3;

/** Is called with what the events do not say; `series` is the position in the shard. */
export interface DayObserver {
  /** A series at closing time. */
  closed(
    series: number,
    day: number,
    demand: number,
    sold: number,
    lost: number,
    physical: number,
    recorded: number,
    cause: CauseNumber,
  ): void;
  /** Units that vanished or were damaged. */
  shrunk(series: number, day: number, units: number, seen: boolean): void;
  /** A count, before it corrects the record. */
  counted(series: number, day: number, physical: number, recorded: number): void;
  /** An order. */
  ordered(series: number, day: number, units: number): void;
}
