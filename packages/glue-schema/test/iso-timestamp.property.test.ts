import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isIsoTimestamp, leastOfInstant } from '../src/runtime/index.js';

/** The rule in one expression, with days judged by the engine's own calendar. */
function isInstant(text: string): boolean {
  const found = /^(\d{4}-(?:0[1-9]|1[0-2])-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/.exec(
    text,
  )?.[1];
  if (found === undefined || found <= '1677-09-21' || found >= '2262-04-11') return false;
  const day = new Date(found);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(found);
}

const written = fc
  .date({ min: new Date('1600-01-01'), max: new Date('2300-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const changed = fc
  .tuple(
    written,
    fc.nat({ max: 24 }),
    fc.nat({ max: 2 }),
    fc.constantFrom(...Array.from('0123456789-:.TZ /٣\u0130')),
  )
  .map(([text, at, length, character]) => text.slice(0, at) + character + text.slice(at + length));

test('an instant is one that has a day, an hour and a form; every other text is none', () => {
  fc.assert(
    fc.property(fc.oneof(written, changed), (text) => {
      expect(isIsoTimestamp(text), text).toBe(isInstant(text));
      expect(leastOfInstant(text), text).toBe(isInstant(text) ? text.length + 2 : NaN);
    }),
    { numRuns: 20_000 },
  );
});
