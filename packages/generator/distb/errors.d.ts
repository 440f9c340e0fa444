import { CodedError, type OptionProblem } from '@store/foundation';
/** What can go wrong in this package; a code stays the same between releases. */
export type WorldErrorCode = 'INVALID_OPTION' | 'OUT_OF_RANGE' | 'UNKNOWN_SERIES' | 'SNAPSHOT_MISMATCH' | 'ABORTED' | 'POLICY_FAILED' | 'INVALID_HISTORY';
/** Where a policy failed. */
export interface PolicyPlace {
    /** The store that ordered. */
    readonly store_id: string;
    /** Its local day, `2026-01-05`. */
    readonly date: string;
    /** The product of a wrong order; missing where no single one is wrong. */
    readonly product_id?: string;
}
/** Every error that this package throws: which option, what was given, what is allowed. */
export declare class WorldError extends CodedError<WorldErrorCode> {
    /** The class's name, as logs show it. */
    readonly name = "WorldError";
    /** The option or argument that is wrong, with dots for nested ones: `shard.index`. */
    readonly option: string;
    /** What was given. */
    readonly value: unknown;
    /** What would have been accepted. */
    readonly allowed: string;
    /** Store, day and product of a `POLICY_FAILED`. */
    readonly place?: PolicyPlace;
    /** Of an `INVALID_HISTORY`: the row that is wrong, from 1; `option` is its column. */
    readonly row?: number;
    constructor(code: WorldErrorCode, option: string, value: unknown, allowed: string, message?: string, { place, row, ...rest }?: ErrorOptions & {
        readonly place?: PolicyPlace;
        readonly row?: number;
    });
}
/** What a wrong option becomes. */
export declare function invalidOption({ path, value, expected, message }: OptionProblem): WorldError;
/** The problem of a value at a place of the data; the message says what is wrong and what to do. */
export declare function wrong(path: string, value: unknown, message: string): WorldError;
//# sourceMappingURL=errors.d.ts.map