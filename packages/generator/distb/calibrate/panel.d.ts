import { type SalesTable } from './sales-row.js';
/** What a day says; only from `WHOLE` on does it say something of demand. The store was closed. */
export declare const CLOSED = 0;
/** Nothing was sold of an empty shelf. */
export declare const BARE = 1;
/** Sales are the demand. */
export declare const WHOLE = 2;
/** The shelf ran out: at least as many were wanted. */
export declare const CENSORED = 3;
/** A history by series, each with one cell for each day from its first row to its last. */
export interface Panel {
    /** In the order of the file to be written. */
    readonly stores: readonly string[];
    readonly products: readonly string[];
    readonly rows: number;
    /** First and last local day of all rows. */
    readonly firstDay: number;
    readonly lastDay: number;
    /** Store and product of each series, by store, then by product. */
    readonly store: Int32Array;
    readonly product: Int32Array;
    /** First day of each series, and its first cell; one entry more ends the last. */
    readonly first: Int32Array;
    readonly offset: Float64Array;
    readonly units: Int32Array;
    readonly kind: Uint8Array;
    /** Reductions of the price, see `EverydayPrices`. */
    readonly step: Int16Array;
    readonly promoted: Uint8Array;
    /** The latest everyday price of each series, 0 where none is known. */
    readonly price: Float64Array;
    /** Weekdays on which a store never had a row. */
    readonly shut: readonly (readonly boolean[])[];
    /** 1 where a store had rows on a day, store by store. */
    readonly open: Uint8Array;
}
/**
 * Orders rows by series and day, whatever their order was. Days without a row are zero sales where the store has rows,
 * and say nothing where it was closed, or where the shelf was left empty by the row before.
 *
 * @throws WorldError `INVALID_HISTORY`
 */
export declare function makePanel(table: SalesTable, storeNames: readonly string[], productNames: readonly string[]): Panel;
/** Cells of a series on the first days of a panel. */
export declare function cellsOf(panel: Panel, i: number, days: number): readonly [from: number, to: number];
//# sourceMappingURL=panel.d.ts.map