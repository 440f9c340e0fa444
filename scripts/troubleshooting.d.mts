/** Rows of the tables of codes of a page. */
export function codesOf(markdown: string): readonly {
  readonly code: string;
  readonly titles: readonly string[];
  readonly texts: readonly string[];
}[];
/** Text of docs/troubleshooting.md. */
export function troubleshootingPage(read?: (path: string) => string): string;
