/** Where the sources are published. */
export const repositoryUrl: string;
/** Paths of the pages of the repository. */
export const pages: readonly string[];
/** Path of a page on the site, without its ending. */
export function addressOf(path: string): string;
/** Copies every page to a folder. */
export function collectPages(folder: string): void;
