import { QueryFailure, syntaxFailure } from './athena-error.js';
import { isClosed, meaningfulTokens, sqlTokens } from './sql-tokens.js';

/** The statement without comments and closing semicolon. */
export function plainStatement(sql: string): string {
  const tokens = [...sqlTokens(sql)];
  if (tokens.some((token) => token.kind === 'comment' && !isClosed(token)))
    throw syntaxFailure('A comment is not closed');
  const text = tokens
    .map(({ kind, text: part }) => (kind === 'comment' ? ' ' : part))
    .join('')
    .trim()
    // The text ends in no space, so this looks at its last character alone.
    .replace(/;$/, '')
    .trim();
  if ([...sqlTokens(text)].some(({ text: part }) => part === ';')) {
    throw syntaxFailure('Only one sql statement is allowed');
  }
  return text;
}

/** Refuses what is no query. */
export function checkStart(sql: string): void {
  const first = meaningfulTokens(sql)[0]?.text ?? '';
  if (!/^(?:select|with|values|table|\()$/i.test(first)) {
    throw syntaxFailure(`mismatched input '${first}'; the endpoint runs SELECT statements`);
  }
}

const literal =
  /^(?:-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|'(?:[^']|'')*'|(?:date|timestamp)\s+'(?:[^']|'')*'|true|false|null)$/i;

/** Puts execution parameters, which are literals of SQL, in the places of the question marks. */
export function withParameters(sql: string, parameters: readonly string[]): string {
  let next = 0;
  const text = Array.from(sqlTokens(sql))
    .map(({ text: part }) => {
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
