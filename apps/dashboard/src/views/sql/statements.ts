/** One statement of a text. */
export interface Statement {
  /** Without the semicolon, and without space around it. */
  readonly sql: string;
  /** Where it begins in the text. */
  readonly start: number;
}

/** What a semicolon may be in without ending a statement: comments, quotes, and text between dollars. */
const closed =
  /--[^\n]*|\/\*[^]*?(?:\*\/|$)|[eE]'(?:\\[^]|''|[^'\\])*(?:'|$)|'(?:''|[^'])*(?:'|$)|"(?:""|[^"])*(?:"|$)|(\$\w*\$)[^]*?(?:\1|$)|;/g;

/** Statements of a text, in order; what is only space or comment is none. */
export function splitStatements(text: string): readonly Statement[] {
  const found: Statement[] = [];
  let from = 0;
  const take = (to: number): void => {
    const part = text.slice(from, to);
    const lead = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^]*?(?:\*\/|$))*/.exec(part)?.[0].length ?? 0;
    const sql = part.slice(lead).trimEnd();
    if (sql !== '') found.push({ sql, start: from + lead });
    from = to + 1;
  };
  for (const match of text.matchAll(closed)) if (match[0] === ';') take(match.index);
  take(text.length);
  return found;
}

/** Offset in a statement of a line and a column, which count from 1; the line's beginning without a column. */
export function offsetOf(sql: string, line: number, column: number | undefined): number {
  const before = sql.split('\n').slice(0, line - 1);
  return Math.min(sql.length, before.reduce((sum, { length }) => sum + length + 1, 0) + (column ?? 1) - 1);
}

/** Line and column of an offset, from 1. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
