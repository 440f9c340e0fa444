import { expect, test } from 'vitest';
import { fromStandardJsonSchema } from '@store/glue-schema/compiler';

/** Comments that gzip can do little with; each is cut at 255 characters for Glue. */
function columns(count: number, length: number): Record<string, object> {
  let state = 1;
  const letter = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return String.fromCodePoint(0x4e00 + ((state >>> 16) % 20_000));
  };
  const text = (): string => Array.from({ length }, letter).join('');
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`column_${index}`, { type: 'string', description: text() }]),
  );
}

const codes = (properties: object): readonly string[] =>
  fromStandardJsonSchema({ type: 'object', properties }, { name: 'Wide' }).diagnostics.map(
    ({ code, severity }) => `${severity} ${code}`,
  );

test('a table that Athena could not read is an error', () => {
  expect(codes(columns(3500, 255))).toEqual(['error TABLE_TOO_LARGE']);
});

test('only what the catalog holds counts: the whole text of a comment stays in the manifest', () => {
  expect(codes(columns(50, 20_000)).filter((code) => code.includes('TABLE'))).toEqual([]);
});
