import { inertText } from '@store/foundation';
import { lineWidthOf, type Terminal } from '../terminal/terminal.js';
import { charactersOf, displayWidth } from './display-width.js';
import { fitColumns } from './fit-columns.js';
import { coloursFor } from './format.js';

/** One column of a printed table. */
export interface TableColumn {
  readonly title: string;
  /** Numbers stand right, everything else left. @defaultValue 'left' */
  readonly align?: 'left' | 'right';
  /** Never cut and never left out: what is typed again, or what the table is for. @defaultValue false */
  readonly isWhole?: boolean;
  /** Never cut, though it may be left out: half of an instant is another one. @defaultValue true for what is to the right */
  readonly isExact?: boolean;
  /** A text that continues on the next line where the line is too short. @defaultValue false */
  readonly wraps?: boolean;
}

/** What the terminal shows in place of a value that is not there. */
export const nothing = '∅';
const cut = '…';

/** How a table is laid out. */
export interface TableLayout {
  /** Colours the titles. @defaultValue none */
  readonly dim?: (text: string) => string;
  /** Characters of a line. @defaultValue as many as it takes */
  readonly lineWidth?: number | undefined;
}

/** A table as text, and how many of its columns that shows. */
export interface LaidTable {
  readonly text: string;
  readonly shownColumns: number;
}

/**
 * Lays rows out under their titles, two spaces apart. A row stays on its line, whatever is in it: control characters are
 * shown, and where a line has a width, long texts are cut and middle columns left out.
 */
export function layTable(
  given: readonly TableColumn[],
  givenRows: readonly (readonly (string | null)[])[],
  { dim = (text) => text, lineWidth = Infinity }: TableLayout = {},
): LaidTable {
  const columns = given.map((column) => ({ ...column, title: inertText(column.title) }));
  const rows = givenRows.map((row) => row.map((cell) => (cell === null ? null : inertText(cell))));
  const { widths, shown } = fitColumns(
    columns.map(({ title, align, isWhole, isExact = align === 'right' }, index) => ({
      titleWidth: displayWidth(title),
      isText: !isExact && isWhole !== true,
      stays: isWhole === true,
      // Not spread into one call: a hundred thousand rows are more arguments than a call takes.
      width: rows.reduce(
        (widest, row) => Math.max(widest, displayWidth(row[index] ?? nothing)),
        displayWidth(title),
      ),
    })),
    lineWidth,
  );
  const line = (cells: readonly (string | null)[]): string => {
    const parts = shown.map((index) => {
      const width = widths[index] ?? 0;
      const cell = shortened(cells[index] ?? nothing, width);
      const gap = ' '.repeat(Math.max(0, width - displayWidth(cell)));
      return columns[index]?.align === 'right' ? gap + cell : cell + gap;
    });
    const before = shown.findIndex((index, place) => index !== place);
    if (shown.length < columns.length) parts.splice(before === -1 ? shown.length : before, 0, cut);
    return parts.join('  ').trimEnd();
  };
  const lines = (cells: readonly (string | null)[]): string => {
    const parts = cells.map((cell, index) =>
      columns[index]?.wraps === true
        ? wrapped(cell ?? nothing, widths[index] ?? Infinity)
        : [cell ?? nothing],
    );
    const height = Math.max(...parts.map(({ length }) => length));
    return Array.from({ length: height }, (_, n) => line(parts.map((part) => part[n] ?? ''))).join('\n');
  };
  return {
    text: [dim(line(columns.map((column) => column.title))), ...rows.map(lines)].join('\n'),
    shownColumns: shown.length,
  };
}

/**
 * Returns a table as it is printed on standard output: fitted to a terminal, with a line that says how to see the columns
 * that it leaves out; as wide as it is in a pipe.
 *
 * @param indent - blanks that the caller puts before each line
 */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly (string | null)[])[],
  { stdout, env }: Pick<Terminal, 'stdout' | 'env'>,
  indent = 0,
): string {
  const { dim } = coloursFor(stdout, env);
  const width = stdout.isTTY === true ? lineWidthOf(stdout) : undefined;
  const { text, shownColumns } = layTable(columns, rows, {
    dim,
    lineWidth: width === undefined ? undefined : Math.max(1, width - indent),
  });
  if (shownColumns === columns.length) return text;
  return `${text}\n${dim(`${shownColumns} of ${columns.length} columns; --json has all of them`)}`;
}

/**
 * Returns sentences in lines that a terminal does not break inside a word; in a pipe, as one line.
 *
 * @param indent - characters before the first line, and blanks before each other one
 */
export function sentences(text: string, { stdout }: Pick<Terminal, 'stdout'>, indent = 0): string {
  const width = stdout.isTTY === true ? lineWidthOf(stdout) : undefined;
  if (width === undefined) return text;
  return wrapped(text, width - indent).join(`\n${' '.repeat(indent)}`);
}

/** Lines of at most this many columns, broken between words; a longer word stands alone. */
export function wrapped(text: string | readonly string[], width: number): readonly string[] {
  const words = typeof text === 'string' ? text.split(' ') : text;
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A text in at most this many columns; one that was longer ends with an ellipsis. */
export function shortened(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let room = width - displayWidth(cut);
  for (const character of charactersOf(text)) {
    room -= displayWidth(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + cut;
}
