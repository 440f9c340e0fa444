/**
 * Threefry2x32 with 13 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a keyed
 * bijection of a 64-bit address. Asking for a random number is asking what is written at an address, so nothing
 * depends on what was drawn before. 32-bit rotations and additions only: the fastest counter-based generator in
 * JavaScript, since it needs no 64-bit product.
 *
 * @param out - Receives the two words.
 */
export declare function threefry2x32(out: Uint32Array, key0: number, key1: number, c0: number, c1: number): void;
//# sourceMappingURL=threefry.d.ts.map