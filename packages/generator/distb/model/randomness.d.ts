/** The random words of one world, each at its address: nothing depends on what was drawn before. */
export declare class Randomness {
    #private;
    readonly key0: number;
    readonly key1: number;
    /** @param seed - 0 to 2^53 - 1, or the lower half of the key with the upper one beside it */
    constructor(seed: number, key1?: number);
    /** What is fixed about a store. */
    ofStore(store: number, draw: number): readonly [number, number];
    /** What is fixed about a product. */
    ofProduct(product: number, draw: number): readonly [number, number];
    /** What a product does in a week. */
    ofProductWeek(product: number, week: number, draw: number): readonly [number, number];
    /** What is fixed about a series. */
    ofSeries(series: number, draw: number): readonly [number, number];
    /** What a whole store's day is like. */
    ofStoreDay(store: number, day: number): number;
    /** The same addresses for a group of stores by its name. */
    ofGroup(name: string): Randomness;
    /** The same addresses under other keys: those of one store. */
    ofKeys(key0: number, key1: number): Randomness;
    /** What happens to one event of a store, apart from everything above by a key of its own. */
    ofEvent(store: number, sequence: number, draw: number): readonly [number, number];
}
/** A whole number from 0 to below `range` (at most 2^31), by a product instead of a remainder of doubles. */
export declare function below(word: number, range: number): number;
//# sourceMappingURL=randomness.d.ts.map