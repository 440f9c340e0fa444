/**
 * Returns a copy that nobody can change; what is undefined is left out. An object of a class, or with fields that it
 * inherits, is refused: a copy has own fields only.
 *
 * @throws WorldError `INVALID_OPTION`
 */
export declare function frozenCopy(given: object): object;
//# sourceMappingURL=frozen-copy.d.ts.map