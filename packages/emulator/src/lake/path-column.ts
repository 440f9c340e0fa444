/** Hidden column of every table: the address of each row's object. */
export const PATH_COLUMN = '$path';

/** Name of a table that has its hidden column. */
export function withPath(name: string): string {
  return `${name}${PATH_COLUMN}`;
}
