/** One column of a table that is to be fitted into a line. */
export interface FittedColumn {
  readonly titleWidth: number;
  /** Of the title and of every cell. */
  readonly width: number;
  /** Whether its cells may be cut: numbers may not. */
  readonly isText: boolean;
  /** Whether it is never left out. @defaultValue false */
  readonly stays?: boolean;
}

/** How a table fits into a line. */
export interface ColumnFit {
  /** Widths of all columns, those that are left out included. */
  readonly widths: readonly number[];
  /** Indexes of the columns that are shown. */
  readonly shown: readonly number[];
}

/** Between two columns. */
const GAP = 2;
/** Texts are not cut below this: less tells nothing. */
const SHORTEST_TEXT = 8;

/**
 * Fits a table into a line as the DuckDB command line does: it first shortens the longest texts, then leaves out columns
 * from the middle, where one column of width 1 shows the gap. Titles are never cut, so that they can be typed again.
 *
 * @param lineWidth - characters of a line; `Infinity` outside a terminal, where nothing is cut
 */
export function fitColumns(columns: readonly FittedColumn[], lineWidth: number): ColumnFit {
  const widths = columns.map(({ width }) => width);
  const least = columns.map(({ titleWidth, width, isText }) =>
    isText ? Math.min(width, Math.max(titleWidth, SHORTEST_TEXT)) : width,
  );
  const all = [...columns.keys()];
  const total = (indexes: readonly number[], of: readonly number[]): number =>
    indexes.reduce((sum, index) => sum + (of[index] ?? 0), 0) + Math.max(0, indexes.length - 1) * GAP;
  const shown = [...all];
  const isWhole = (): boolean => shown.length === all.length;
  while (shown.length > 1 && total(shown, least) + (isWhole() ? 0 : 1 + GAP) > lineWidth) {
    const free = shown.filter((index) => columns[index]?.stays !== true);
    const middle = free[Math.floor(free.length / 2)];
    if (middle === undefined) break;
    shown.splice(shown.indexOf(middle), 1);
  }
  const room = lineWidth - (isWhole() ? 0 : 1 + GAP);
  // The longest text gives first, so that many short ones are not cut.
  for (;;) {
    const excess = total(shown, widths) - room;
    if (excess <= 0) break;
    const [longest, next] = shown
      .filter((index) => (widths[index] ?? 0) > (least[index] ?? 0))
      .sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
    if (longest === undefined) break;
    const width = widths[longest] ?? 0;
    const floor = Math.max(least[longest] ?? 0, next === undefined ? 0 : (widths[next] ?? 0));
    widths[longest] = width - Math.max(1, Math.min(excess, width - floor));
  }
  return { widths, shown };
}
