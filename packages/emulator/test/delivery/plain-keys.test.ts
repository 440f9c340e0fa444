import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partitionKeysOf } from '../../src/delivery/partition-keys.js';
import { PlainKeys } from '../../src/delivery/plain-records.js';
import { compileJq, fieldsRead } from '@store/jq';

const queries = [
  '{h:(.at|if test("^[0-9]{4}-[0-9]{2}T[0-9]") then .[0:4]+"/"+.[5:7] else error("no time") end)}',
  '{h:(.at|if test("9$") then "nine" else .[0:2] end), s:.store}',
  '{h:(.at|.[0:3]), s:(.store|ascii_downcase)}',
  '{h:(.at // "none"), s:(.store|tostring)}',
];
const time = fc.oneof(
  fc
    .tuple(fc.integer({ min: 2024, max: 2026 }), fc.integer({ min: 1, max: 3 }), fc.nat(99))
    .map(([year, month, rest]) => `${year}-0${month}T${rest}`),
  fc.stringMatching(/^[2é9-]{0,5}$/),
);
const documents = fc.record(
  { at: fc.option(time), store: fc.oneof(fc.constantFrom('A', 'b', 'ß'), fc.nat(2)) },
  { requiredKeys: [] },
);

test.each(queries)('%s gives the same keys for plain lines as for parsed documents', (text) => {
  const program = compileJq(text);
  const fields = fieldsRead(text);
  if (fields === undefined) throw new Error('Its fields are known.');
  const budget = { steps: Infinity };
  const query = { text, fields, budget, run: (document: unknown) => program(document) };
  fc.assert(
    fc.property(fc.array(documents, { minLength: 20, maxLength: 60 }), (list) => {
      const keys = new PlainKeys(query, ['at', 'store']);
      for (const document of list) {
        const latin1 = (value: unknown): string | undefined =>
          value === undefined ? undefined : Buffer.from(JSON.stringify(value)).toString('latin1');
        const captures = ['', latin1(document.at), latin1(document.store)];
        expect(keys.of(captures, 7)).toEqual(partitionKeysOf(query, document, 7));
      }
    }),
    { numRuns: 150 },
  );
});
