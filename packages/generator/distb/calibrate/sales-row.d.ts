import { WorldError } from '../errors.js';
/** What one store sold of one product on one local day. A value that is null or left out is not known. */
export interface SalesRow {
    /** Store, 1 to 200 characters. */
    readonly store_id: string;
    /** SKU, 1 to 200 characters. */
    readonly product_id: string;
    /** Local day of the store, `2026-01-05`. */
    readonly date: string;
    /** Units sold, a whole number of 0 or more. */
    readonly units_sold: number;
    /** Units on hand at closing, a whole number; 0 or less says that the day ended empty. */
    readonly on_hand?: number | null;
    /** False or 0 where the shelf was empty at some time of the day. Counts before `on_hand`. */
    readonly in_stock?: boolean | number | null;
    /** Price of a unit on that day, above 0. */
    readonly price?: number | null;
    /** True or 1 where the product was on promotion. */
    readonly promotion?: boolean | number | null;
}
/** Columns of a sales history; the first four are required. */
export declare const salesColumns: readonly string[];
/** What `flags` of a row says. */
export declare const EMPTY = 1;
export declare const STOCK_KNOWN = 2;
export declare const ON_HAND_ZERO = 4;
export declare const PROMOTED = 8;
export declare const FLAG_KNOWN = 16;
/** Rows of a history side by side, each at its place in the order in which they came. */
export interface SalesTable {
    readonly rows: number;
    readonly stores: readonly string[];
    readonly products: readonly string[];
    readonly store: Int32Array;
    readonly product: Int32Array;
    /** Days since 1970. */
    readonly day: Int32Array;
    readonly units: Int32Array;
    /** Price, 0 where it is not known. */
    readonly price: Float64Array;
    readonly flags: Uint8Array;
}
/** The problem of a row. */
export declare function badRow(row: number, column: string, value: unknown, allowed: string, fix: string): WorldError;
/** Reads and checks rows, in one pass. @throws WorldError `INVALID_HISTORY` */
export declare function readRows(history: Iterable<SalesRow>): SalesTable;
//# sourceMappingURL=sales-row.d.ts.map