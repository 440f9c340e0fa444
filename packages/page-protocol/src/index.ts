/**
 * What the page and its server say to each other: server-sent events one way, small JSON posts the other. Both sides are
 * compiled against this file: the shapes of the messages, and the scale of the heat map's bytes.
 */

/** Once, when the page connects: what the cells of the heat map stand for. */
export interface WorldMessage {
  readonly stores: readonly { readonly id: string; readonly name: string; readonly city: string }[];
  readonly products: readonly { readonly id: string; readonly name: string }[];
  /** First and last instant that the world can be moved to, ISO 8601. */
  readonly from: string;
  readonly to: string;
}

/** Ten times a second: the whole heat map. */
export interface FrameMessage {
  /** World time, ISO 8601. */
  readonly at: string;
  /**
   * Base64, one byte a cell, store by store: 255 nothing known yet, 0 out of stock, otherwise stock against
   * the reorder point, where {@link thresholdLevel} is the reorder point itself.
   */
  readonly cells: string;
}

/** The byte of a shelf that stands exactly at its reorder point. */
export const thresholdLevel = 64;
/** The byte of a shelf of which nothing is known. */
export const unknownLevel = 255;

/**
 * Returns the byte of a shelf: 0 for none, 64 at the reorder point, 254 at four times that and above.
 *
 * @example
 * ```ts
 * import { stockLevel, thresholdLevel } from '@store/page-protocol';
 *
 * console.log(stockLevel(20, 20) === thresholdLevel, stockLevel(0, 20), stockLevel(500, 20)); // true 0 254
 * ```
 */
export function stockLevel(currentStock: number, minThreshold: number): number {
  if (currentStock <= 0) return 0;
  if (minThreshold <= 0) return 254;
  return Math.max(1, Math.min(254, Math.round((currentStock / minThreshold) * thresholdLevel)));
}

/** A shelf below its reorder point. */
export interface LowStockRow {
  readonly storeId: string;
  readonly productId: string;
  readonly storeName: string;
  readonly productName: string;
  readonly currentStock: number;
  readonly minThreshold: number;
  readonly onOrder: number;
  /** World time at which it fell below. */
  readonly since: string;
}

/** A truck on its way. */
export interface TruckRow {
  readonly id: string;
  readonly storeName: string;
  readonly city: string;
  readonly units: number;
  readonly lines: number;
  /** World time. */
  readonly leftAt: string;
  readonly arrivesAt: string;
}

/** What the producer does. */
export interface ProducerGauges {
  readonly eventsPerSecond: number;
  readonly accepted: number;
  readonly inFlight: number;
  readonly pending: number;
  readonly retries: number;
  /** Calls without a known outcome: sent again, so the lake may hold their events twice. */
  readonly ambiguous: number;
  readonly failed: number;
  readonly eventBytes: number;
  readonly billedBytes: number;
  readonly dollars: number;
}

/** Contents of the lake. */
export interface LakeGauges {
  readonly rows: number;
  readonly distinctEvents: number;
  readonly files: number;
  readonly bytes: number;
  /** How long the last count over everything that is acknowledged took. */
  readonly freshnessMs: number;
}

/** Faults that can be switched on at the embedded endpoint. */
export type FaultName = 'throttle' | 'reset' | 'kill';

/** Twice a second: everything that is not the heat map. */
export interface StatusMessage {
  /** World time, ISO 8601. */
  readonly at: string;
  readonly state: 'running' | 'paused' | 'ended';
  readonly speed: number;
  readonly generated: number;
  readonly producer: ProducerGauges;
  readonly lake: LakeGauges;
  readonly low: readonly LowStockRow[];
  readonly lowTotal: number;
  readonly trucks: readonly TruckRow[];
  readonly trucksOnTheWay: number;
  readonly trucksArrived: number;
  readonly faults: readonly FaultName[];
  /** `down` while the endpoint is killed. */
  readonly endpoint: 'up' | 'down';
}

/** Stock of one shelf over world time. */
export interface SeriesAnswer {
  readonly storeName: string;
  readonly productName: string;
  /** Seconds since 1970-01-01 UTC, rising. */
  readonly at: readonly number[];
  readonly stock: readonly number[];
  readonly threshold: number;
  /** Seconds at which a truck filled the shelf. */
  readonly deliveries: readonly number[];
}

/** What the page asks of the world. */
export type ControlRequest =
  | { readonly action: 'pause' | 'resume' }
  | { readonly action: 'speed'; readonly speed: number }
  | { readonly action: 'seek'; readonly at: string }
  | { readonly action: 'fault'; readonly fault: FaultName; readonly on: boolean };

/** Rows for the SQL box; text for everything that is not a number or a truth value. */
export interface QueryAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  readonly elapsedMs: number;
  /** True when there were more rows than the page shows. */
  readonly cut: boolean;
}

/** A query with a name, for the list beside the SQL box. */
export interface NamedQueryMessage {
  readonly name: string;
  readonly title: string;
  readonly sql: string;
}

/** What any request answers that could not be done. */
export interface ErrorAnswer {
  readonly error: string;
}

/**
 * Header in which the page sends back what its server wrote into it (the `meta` element of that name): new at each start,
 * and read by no page of another origin.
 */
export const tokenHeader = 'x-store-token';
