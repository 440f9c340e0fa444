import { QueryFailure, syntaxFailure } from './athena-error.js';

// What is not closed goes on to the end: looked for again at each of its characters, it would take for ever.
const token =
  /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|--[^\n]*|\/\*[^]*?(?:\*\/|$)|::|==|\?|[A-Za-z_][A-Za-z0-9_]*|[^]/g;

/** Splits SQL into strings, names, comments and single characters. */
function tokensOf(sql: string): readonly string[] {
  return sql.match(token) ?? [];
}

const isComment = (text: string): boolean => text.startsWith('--') || text.startsWith('/*');

/** The statement without comments and closing semicolon. */
export function plainStatement(sql: string): string {
  const tokens = tokensOf(sql);
  if (tokens.some((part) => part.startsWith('/*') && !/^\/\*[^]*\*\/$/.test(part))) {
    throw syntaxFailure('A comment is not closed');
  }
  const text = tokens
    .map((part) => (isComment(part) ? ' ' : part))
    .join('')
    .trim()
    // The text ends in no space, so this looks at its last character alone.
    .replace(/;$/, '')
    .trim();
  if (tokensOf(text).includes(';')) {
    throw syntaxFailure('Only one sql statement is allowed');
  }
  return text;
}

/** Refuses what is no query. */
export function checkStart(sql: string): void {
  const first = tokensOf(sql).find((part) => part.trim() !== '') ?? '';
  if (!/^(?:select|with|values|\()$/i.test(first)) {
    throw syntaxFailure(`mismatched input '${first}'; the endpoint runs SELECT statements`);
  }
}

const literal =
  /^(?:-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|'(?:[^']|'')*'|(?:date|timestamp)\s+'(?:[^']|'')*'|true|false|null)$/i;

/** Puts execution parameters, which are literals of SQL, in the places of the question marks. */
export function withParameters(sql: string, parameters: readonly string[]): string {
  let next = 0;
  const text = tokensOf(sql)
    .map((part) => {
      if (part !== '?') return part;
      const value = parameters[next];
      next += 1;
      if (value === undefined) return part;
      if (!literal.test(value.trim())) {
        throw new QueryFailure(
          `INVALID_PARAMETER_USAGE: Expected execution parameter ${next} to be a literal of SQL, got ${value}; write text in single quotes`,
        );
      }
      return value.trim().startsWith('-') ? `(${value.trim()})` : value.trim();
    })
    .join('');
  if (next !== parameters.length) {
    throw new QueryFailure(
      `INVALID_PARAMETER_USAGE: Incorrect number of parameters: expected ${next} but found ${parameters.length}`,
    );
  }
  return text;
}
