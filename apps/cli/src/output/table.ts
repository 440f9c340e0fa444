import { inertText } from '@store/foundation';

/** One column of a printed table. */
export interface TableColumn {
  readonly title: string;
  /** Numbers stand right, everything else left. @defaultValue 'left' */
  readonly align?: 'left' | 'right';
}

/** What the terminal shows in place of a value that is not there. */
const nothing = '∅';

/**
 * Lays rows out under their titles, two spaces apart; `dim` colours the titles. A row stays on its line, whatever is in
 * it: control characters are shown.
 */
export function formatTable(
  given: readonly TableColumn[],
  givenRows: readonly (readonly (string | null)[])[],
  dim: (text: string) => string = (text) => text,
): string {
  const columns = given.map((column) => ({ ...column, title: inertText(column.title) }));
  const rows = givenRows.map((row) => row.map((cell) => (cell === null ? null : inertText(cell))));
  const widths = columns.map((column, index) =>
    // Not spread into one call: a hundred thousand rows are more arguments than a call takes.
    rows.reduce(
      (widest, row) => Math.max(widest, displayWidth(row[index] ?? nothing)),
      displayWidth(column.title),
    ),
  );
  const line = (cells: readonly (string | null)[]): string =>
    columns
      .map((column, index) => {
        const cell = cells[index] ?? nothing;
        const gap = ' '.repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(cell)));
        return column.align === 'right' ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  return [dim(line(columns.map((column) => column.title))), ...rows.map(line)].join('\n');
}

/** Columns of a terminal that a text takes: East Asian wide characters take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
