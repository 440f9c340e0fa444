/** Folder of a package or app to the names of the packages that it may import. */
export const arrows: Readonly<Record<string, readonly string[]>>;
/** Names of the packages that everything may import. */
export const forAll: readonly string[];
