/** Place of an error in its statement. */
export interface SqlPlace {
  /** What is wrong, without the drawing of the place. */
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** Where DuckDB leaves out the beginning or the end of a long line. */
const cutLine = /^\.\.\.|\.\.\.$/;

/**
 * Reads the place out of what DuckDB says: below its sentence it draws the line and points at the place. Of a line that is
 * too long it draws a part, which leaves the column open.
 */
export function sqlPlace(text: string): SqlPlace {
  const found = /\n\n(LINE (\d+): )(.*)\n( *)\^\s*$/.exec(text);
  if (found === null) return { message: text.trim() };
  const [drawing, label = '', line, shown = '', indent = ''] = found;
  const column = indent.length - label.length + 1;
  return {
    message: text.slice(0, -drawing.length).trim(),
    line: Number(line),
    ...(column < 1 || cutLine.test(shown) ? {} : { column }),
  };
}
