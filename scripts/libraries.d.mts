/** One library that other projects install. */
export interface Library {
  /** Its folder in packages/. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly entries: readonly { readonly subpath: string; readonly types: string }[];
  /** Folder names of those of ours that it brings along. */
  readonly dependencies: readonly string[];
}
export const libraries: readonly Library[];
