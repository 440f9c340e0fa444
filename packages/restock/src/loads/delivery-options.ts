import {
  eitherOf,
  mapOf,
  nested,
  numberBetween,
  required,
  text,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';

/** What a truck carries at most; a measure that is left out has no limit. */
export interface TruckCapacity {
  /** Units. */
  readonly units?: number;
  /** Weight, in the unit of `unit_weight`. */
  readonly weight?: number;
  /** Volume, in the unit of `unit_volume`. */
  readonly volume?: number;
  /** Pallet places. Products of one store share pallets, stores do not. */
  readonly pallets?: number;
}

/** When a store takes deliveries, in its own time of day. */
export interface DeliveryWindow {
  /** Earliest arrival, `HH:mm`. */
  readonly from: string;
  /** Latest arrival, `HH:mm`, after `from`. */
  readonly to: string;
}

/** How trucks are loaded. */
export interface DeliveryOptions {
  /** Units that one truck carries, or its limits by measure. @defaultValue 500 */
  readonly truckCapacity?: number | TruckCapacity;
  /**
   * Units in a case: trucks carry whole cases, unless not one fits.
   *
   * @defaultValue the `packSize` with which each request was made in this process, else 1
   */
  readonly packSize?: number;
  /** Stores that one truck serves at most, all in one city. @defaultValue 1 */
  readonly maxStops?: number;
  /** Units below which a load waits. @defaultValue 1 */
  readonly minimumLoad?: number;
  /**
   * Units that the depot has, by product id; a product that is not listed is not there. The emptiest shelves are served
   * first, in whole cases.
   *
   * @defaultValue the depot has everything
   */
  readonly depotStock?: Readonly<Record<string, number>>;
  /**
   * Delivery windows by store id: stores share a truck only where it reaches each in its window. A store without one
   * takes deliveries at any time.
   */
  readonly windows?: Readonly<Record<string, DeliveryWindow>>;
  /** Minutes from one arrival to the next, unloading and drive, where `windows` are given. @defaultValue 30 */
  readonly stopMinutes?: number;
}

/** Bounds of a plan. */
export const loadLimits: {
  /** Loads of a city up to which the fewest trucks are searched for; beyond, the largest load goes first. */
  readonly searchedLoads: number;
  /** Placements that are tried in a city at most. */
  readonly searchSteps: number;
  /** Trucks that one request fills at most; what it asks for beyond them is `short`. */
  readonly trucksPerRequest: number;
} = Object.freeze({ searchedLoads: 24, searchSteps: 50_000, trucksPerRequest: 1000 });

const timeOfDay = text('a time of day such as 06:30', /^([01]\d|2[0-3]):[0-5]\d$/);

export const deliveryRules: OptionRules<DeliveryOptions> = {
  truckCapacity: eitherOf(
    wholeNumber(1),
    nested({
      units: wholeNumber(1),
      weight: numberBetween(0, Infinity, { above: true }),
      volume: numberBetween(0, Infinity, { above: true }),
      pallets: wholeNumber(1),
    }),
  ),
  packSize: wholeNumber(1),
  maxStops: wholeNumber(1),
  minimumLoad: wholeNumber(1),
  depotStock: mapOf(wholeNumber(0)),
  windows: mapOf(nested({ from: required(timeOfDay), to: required(timeOfDay) })),
  stopMinutes: wholeNumber(0, 1439),
};
