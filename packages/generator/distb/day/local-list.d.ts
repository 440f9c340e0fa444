/** What can happen to a series within a day; in this order where two things happen at one instant. */
export declare const PRICE = 0;
export declare const DELIVERY = 1;
export declare const BUY = 2;
export declare const SUBSTITUTE = 3;
export declare const BRING_BACK = 4;
export declare const DAMAGE = 5;
export declare const THEFT = 6;
export declare const SHELF_FAILURE = 7;
export declare const SPOIL = 8;
export declare const COUNT = 9;
/** The happenings of one series within one day, kept in the order of time while they are added. */
export declare class LocalList {
    readonly times: Int32Array;
    /** Units, shifted left by four, and the kind. */
    readonly acts: Int32Array;
    length: number;
    /** Adds a happening behind those of its instant. */
    add(time: number, kind: number, units: number): void;
}
//# sourceMappingURL=local-list.d.ts.map