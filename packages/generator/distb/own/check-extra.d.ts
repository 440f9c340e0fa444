import type { ExtraType, OwnWorld } from './world-file.js';
/** Checks declared columns, as far as this can be told without the stores and products of a world. @throws WorldError */
export declare function checkExtra({ extra, stores, products }: OwnWorld): void;
/** Whether a column of a type may hold a value; any may be null. */
export declare function isOfType(value: unknown, type: ExtraType): boolean;
/** Says that a value is not of a column's type, and which type it has. */
export declare function isNo(type: ExtraType, value: unknown, from?: string): string;
//# sourceMappingURL=check-extra.d.ts.map