/** True where the last build of these packages ended well, and no file of any package has changed since. */
export function isBuilt(names: readonly string[], at?: string): boolean;
/** Runs a build, and remembers what the files were after it; gives its exit code. */
export function noteBuild(names: readonly string[], build: () => number, at?: string): number;
