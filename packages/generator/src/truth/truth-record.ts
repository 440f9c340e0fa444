/** Why a shelf was empty at closing. */
export type StockoutCause = 'ordering' | 'shelf' | 'supplier';

/** What chaos did to an event. */
export type FaultKind = 'late' | 'out_of_order' | 'duplicate' | 'dropped' | 'corrupt' | 'drift' | 'skew';

/** A series' business day: what people wanted and what they got. */
export interface DayTruth {
  readonly kind: 'day';
  /** Local day, `2026-01-05`. */
  readonly date: string;
  readonly store_id: string;
  readonly product_id: string;
  /** Units wanted, before any substitution. */
  readonly demand: number;
  /** Units sold, to these buyers and to those who could not get the neighbour. */
  readonly sold: number;
  /** Units wanted here and not to be had. */
  readonly lost: number;
  /** Units on the shelf at closing; events have `recorded_stock`. */
  readonly physical_stock: number;
  readonly recorded_stock: number;
  /** Why the shelf was empty at closing, or null. */
  readonly stockout: StockoutCause | null;
}

/** Units that vanished; `seen` ones are in a `shrinkage` event, the others show at the next count. */
export interface LossTruth {
  readonly kind: 'loss';
  readonly date: string;
  readonly store_id: string;
  readonly product_id: string;
  readonly units: number;
  readonly seen: boolean;
}

/** A fault that chaos gave to an event. */
export interface FaultTruth {
  readonly kind: 'fault';
  readonly event_id: string;
  readonly fault: FaultKind;
  /** Milliseconds of delay, or of the clock's error; 0 for other faults. */
  readonly milliseconds: number;
}

/** One line of the truth. */
export type TruthRecord = DayTruth | LossTruth | FaultTruth;
