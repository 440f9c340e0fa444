import type { RestockRequest } from '@store/schema';

/** What one truck carries to one store or to several stores of a city: a message for the truck management system. */
export interface TruckLoad {
  /** Derived from the requests on board: the same plan gives the same id. */
  readonly load_id: string;
  /** City of all stops. */
  readonly city: string;
  /** Country of all stops, ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Units on board, at most the truck's capacity. */
  readonly units: number;
  /** The stores that the truck serves, in the order of delivery. */
  readonly stops: readonly TruckStop[];
}

/** One store that a truck serves. */
export interface TruckStop {
  /** Store that the truck drives to. */
  readonly store_id: string;
  /** The store's name. */
  readonly store_name: string;
  /** Units for this store. */
  readonly units: number;
  /** What is on board for this store, the emptiest shelf first. */
  readonly items: readonly TruckItem[];
}

/** Units of one product on one truck, for one request; a request larger than a truck has several. */
export interface TruckItem {
  /** Request that the units answer. */
  readonly request_id: string;
  /** SKU of the units. */
  readonly product_id: string;
  /** The product's name on the shelf label. */
  readonly product_name: string;
  /** Units on board, 1 or more. */
  readonly quantity: number;
}

/** Units of a request that the depot does not have. */
export interface ShortItem {
  /** Request that asks for the units. */
  readonly request_id: string;
  /** Store that asks for them. */
  readonly store_id: string;
  /** SKU of the units. */
  readonly product_id: string;
  /** Units that no truck carries, 1 or more. */
  readonly quantity: number;
}

/** The loads that leave, as a list, and beside them what does not leave. Their units add up to what was asked for. */
export interface DeliveryPlan extends ReadonlyArray<TruckLoad> {
  /** Loads that are smaller than `minimumLoad`. They stay until more is asked for. */
  readonly waiting: readonly TruckLoad[];
  /** What `depotStock` does not cover, and what of a request would fill more than `loadLimits.trucksPerRequest` trucks. */
  readonly short: readonly ShortItem[];
}

/**
 * A restock request with what the product's master data say of its size. Weights and volumes are in any unit, as long as
 * the truck's capacity is in the same one.
 */
export interface DeliveryRequest extends RestockRequest {
  /** Units in a case: whole number of 1 or more. Wins over the option `packSize`. */
  readonly pack_size?: number;
  /** Weight of one unit, above 0. Needed where the capacity has a weight. */
  readonly unit_weight?: number;
  /** Volume of one unit, above 0. Needed where the capacity has a volume. */
  readonly unit_volume?: number;
  /** Units of this product that fill a pallet. Needed where the capacity has pallets. */
  readonly units_per_pallet?: number;
}
