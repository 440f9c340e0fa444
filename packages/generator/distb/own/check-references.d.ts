import type { OwnWorld } from './world-file.js';
/** Places of identifiers. */
export type Places = ReadonlyMap<string, number>;
/** A world's data, as far as names point to each other. */
export interface Names {
    /** Undefined for built-in stores: their ids are known when they are drawn. */
    readonly stores: Places | undefined;
    readonly products: Places | undefined;
}
/** Checks what one part of the data says about another, and returns where each id stands. @throws WorldError */
export declare function checkReferences(own: OwnWorld): Names;
//# sourceMappingURL=check-references.d.ts.map