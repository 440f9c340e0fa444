import type { GlueColumn } from '@store/schema';
import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import type { ExtraColumn } from './world-file.js';
/** A value of an extra column. */
export type ExtraValue = string | number | boolean | null;
/** An extra column of a shard, as a dictionary: which column of a batch its position is, and the values. */
export interface ExtraValues {
    /** Name of the column. */
    readonly name: string;
    /** Whose position in a batch leads to the value; `world` has one value for all. */
    readonly by: 'store' | 'product' | 'world';
    /** Values by that position. */
    readonly values: readonly ExtraValue[];
    /** The column as Glue takes it. */
    readonly column: GlueColumn;
}
/** Looks up the values of declared columns for a shard. @throws WorldError `INVALID_OPTION` */
export declare function extraValues(declared: readonly ExtraColumn[], stores: readonly Store[], products: readonly Product[], taken: readonly GlueColumn[]): readonly ExtraValues[];
/** Bytes of neighbouring columns that have one position in common: one entry each, all of one size in words. */
export interface ExtraPiece {
    readonly by: ExtraValues['by'];
    readonly lengths: Int32Array;
    /** Words of an entry, with what is copied beyond its end. */
    readonly words: number;
    readonly view: DataView;
}
/** The bytes of extra columns, `,"currency":"EUR"`, and how many they may be in one line. */
export declare function fragmentsOf(extra: readonly ExtraValues[]): {
    readonly pieces: readonly ExtraPiece[];
    readonly longest: number;
};
//# sourceMappingURL=extra-values.d.ts.map