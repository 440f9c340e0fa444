import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Brackets } from '../../src/athena/brackets.js';
import { meaningfulTokens, type SqlToken } from '../../src/athena/sql-tokens.js';
import { rewriteTokens } from '../../src/athena/trino-grammar.js';

const PARTS = 2_000;
const around = (before: string, inside: string, behind: string): string =>
  `${before.repeat(PARTS)}${inside}${behind.repeat(PARTS)}`;

/** Statements whose parts are within each other, or one behind the other, as far as their grammar lets them. */
const shapes: Readonly<Record<string, string>> = {
  conditions: `a=1${' or a=2'.repeat(PARTS)}`,
  brackets: around('(', '1', ')'),
  'brackets that are not closed': '('.repeat(PARTS),
  calls: around('if(true,', '1', ')'),
  casts: around('cast(', '1', ' as bigint)'),
  'casts within their types': around('cast(1 as ', 'bigint', ')'),
  'JSON objects': around(`json_object('a':`, '1', ')'),
  'JSON arrays': around('json_array(', '1', ')'),
  'words of VALUES': 'values '.repeat(PARTS),
  'rows within rows': around('(values (', '1', '))'),
  'rows in a row': `values ${'(1),'.repeat(PARTS)}(1)`,
  arrays: around('array[', '1', ']'),
  'lambdas in a row': `f(a)${'->f(b)'.repeat(PARTS)}`,
  'lambdas within lambdas': around('f((a,b)->', '1', ')'),
  'sorted lists within sorted lists': around('listagg(x) within group (order by ', '1', ')'),
  precisions: around('current_timestamp(3', '', ')'),
};

test.each(Object.entries(shapes))('%s cost as much for each part as the first', (_name, sql) => {
  const tokens = meaningfulTokens(sql);
  let looks = 0;
  const counted = new Proxy(tokens, {
    get(target, key, receiver): unknown {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  try {
    rewriteTokens(counted);
  } catch (error) {
    expect(error).toMatchObject({ name: 'QueryFailure' });
  }
  expect(looks / tokens.length).toBeLessThan(50);
});

/** Where the bracket at a place is closed, by its definition. */
function closingOf(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (const [at, { text }] of tokens.entries()) {
    if (at < open) continue;
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}

test('brackets are found in one pass as their definition finds them', () => {
  const words = fc.array(fc.constantFrom('(', ')', '[', ']', ',', ' AS ', 'x '), { maxLength: 40 });
  fc.assert(
    fc.property(words, (parts) => {
      const tokens = meaningfulTokens(parts.join(''));
      const brackets = new Brackets(tokens);
      for (const [open, { text }] of tokens.entries()) {
        if (text !== '(' && text !== '[') continue;
        const end = closingOf(tokens, open);
        expect(brackets.closingOf(open)).toBe(end);
        if (end < tokens.length) expect(brackets.openingOf(end)).toBe(open);
        const direct = [...tokens.entries()].filter(
          ([at]) => at > open && at < end && depthAt(tokens, open, at) === 1,
        );
        expect(brackets.commasIn(open)).toBe(direct.filter(([, token]) => token.text === ',').length);
        expect(brackets.lastAsIn(open)).toBe(direct.findLast(([, token]) => token.key === 'AS')?.[0]);
      }
    }),
  );
});

function depthAt(tokens: readonly SqlToken[], open: number, at: number): number {
  const between = tokens.slice(open, at);
  const count = (...texts: readonly string[]): number =>
    between.filter(({ text }) => texts.includes(text)).length;
  return count('(', '[') - count(')', ']');
}
