import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emitSchemas, generateEncoder, generateValidator } from '@store/glue-schema/compiler';
import { toJsonSchema } from '../../src/index.js';
import type { ParseResult, RecordEncoder } from '../../src/runtime/index.js';
import { loadGenerated } from '../load-generated.js';

/** A type as TypeScript has it, values of it, and what their JSON looks like: written from the type alone. */
interface Kind {
  readonly text: string;
  readonly value: fc.Arbitrary<unknown>;
  readonly isWire: (wire: unknown) => boolean;
}

const isText = (wire: unknown): wire is string => typeof wire === 'string';
const letters = fc.constantFrom('', 'shelf', 'Łódź "1"', 'a\\b\n', '😀', 'x'.repeat(40));
const dates = fc.date({ min: new Date('1700-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
const isDate = (wire: unknown): boolean => isText(wire) && /^\d{4}-\d\d-\d\dT/.test(wire);
const longs = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const isDigits = (wire: unknown): boolean => isText(wire) && /^-?\d{1,19}$/.test(wire);
const among =
  (...values: readonly unknown[]) =>
  (wire: unknown): boolean =>
    values.includes(wire);
const withToJson = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  inner.map((json) => ({ hidden: 1n, toJSON: () => json }));

const leaves: readonly Kind[] = [
  { text: 'string', value: letters, isWire: isText },
  { text: 'number', value: fc.double({ noNaN: true, noDefaultInfinity: true }), isWire: Number.isFinite },
  { text: 'boolean', value: fc.boolean(), isWire: (wire) => typeof wire === 'boolean' },
  { text: 'true', value: fc.constant(true), isWire: among(true) },
  { text: "'a' | 'b'", value: fc.constantFrom('a', 'b'), isWire: among('a', 'b') },
  { text: '0.5 | 1', value: fc.constantFrom(0.5, 1), isWire: among(0.5, 1) },
  { text: '10n | 20n', value: fc.constantFrom(10n, 20n), isWire: among('10', '20') },
  { text: 'bigint', value: longs, isWire: isDigits },
  { text: 'Date', value: dates, isWire: isDate },
  { text: 'Number', value: fc.integer().map(Object), isWire: Number.isFinite },
  { text: '{ toJSON(): string }', value: withToJson(letters), isWire: isText },
];

const nullable = ({ text, value, isWire }: Kind): Kind => ({
  text: `(${text}) | null`,
  value: fc.option(value),
  isWire: (wire) => wire === null || isWire(wire),
});
const maybe = ({ text, value, isWire }: Kind): Kind => ({
  text: `((${text}) | undefined)[]`,
  value: fc.array(fc.option(value, { nil: undefined }), { maxLength: 3 }),
  isWire: (wire) => Array.isArray(wire) && wire.every((each) => each === null || isWire(each)),
});
const list = ({ text, value, isWire }: Kind): Kind => ({
  text: `(${text})[]`,
  value: fc.array(value, { maxLength: 3 }),
  isWire: (wire) => Array.isArray(wire) && wire.every(isWire),
});
const map = ({ text, value, isWire }: Kind): Kind => ({
  text: `Record<string, ${text}>`,
  value: fc.dictionary(fc.constantFrom('k', 'é', 'l'), value, { noNullPrototype: true }),
  isWire: (wire) => isObject(wire) && Object.values(wire).every(isWire),
});
const returned = ({ text, value, isWire }: Kind): Kind => ({
  text: `{ toJSON(): ${text} }`,
  value: withToJson(value),
  isWire,
});

type Member = readonly [mark: '' | '?', kind: Kind];

const struct = (members: readonly Member[]): Kind => ({
  text: `{ ${members.map(([mark, { text }], n) => `f${n}${mark}: ${text};`).join(' ')} }`,
  value: fc.record(Object.fromEntries(members.map(([, { value }], n) => [`f${n}`, value])), {
    requiredKeys: members.flatMap(([mark], n) => (mark === '' ? [`f${n}`] : [])),
    noNullPrototype: true,
  }),
  isWire: (wire) =>
    isObject(wire) &&
    Object.keys(wire).every((key) => /^f\d$/.test(key) && Number(key.slice(1)) < members.length) &&
    members.every(([mark, { isWire }], n) => {
      const member = wire[`f${n}`];
      return member === undefined ? mark === '?' : isWire(member);
    }),
});

function isObject(wire: unknown): wire is Readonly<Record<string, unknown>> {
  return typeof wire === 'object' && wire !== null && !Array.isArray(wire);
}

const { record } = fc.letrec<{ kind: Kind; record: Kind }>((tie) => ({
  kind: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'kind' },
    fc.constantFrom(...leaves),
    tie('record'),
    tie('kind').map(list),
    tie('kind').map(maybe),
    tie('kind').map(map),
    tie('kind').map(nullable),
    tie('record').map(returned),
    tie('record').map(nullable).map(returned),
  ),
  record: fc
    .array(fc.tuple(fc.constantFrom<'' | '?'>('', '?'), tie('kind')), { minLength: 1, maxLength: 4 })
    .map(struct),
}));

/** What `JSON.stringify` writes, with digits in text for a bigint, which JSON has not. */
const wireOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)));

test('for any type, its values and those of others: encoder, guard, parser and JSON Schema agree with JSON.stringify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wire-values-'));
  const sample = fc
    .array(record, { minLength: 30, maxLength: 30 })
    .chain((kinds) =>
      fc.tuple(
        fc.constant(kinds),
        fc.tuple(...kinds.map(({ value }) => fc.array(value, { minLength: 8, maxLength: 8 }))),
      ),
    );
  const check = fc.property(sample, ([kinds, values]) => {
    const entry = join(folder, 'types.ts');
    writeFileSync(entry, kinds.map(({ text }, n) => `export interface T${n} ${text}\n`).join(''));
    const results = emitSchemas({ entry, types: kinds.map((_, n) => ({ type: `T${n}` })) });
    for (const [n, { schema, diagnostics }] of results.entries()) {
      const { text = '', isWire } = kinds[n] ?? {};
      if (schema === undefined) throw new Error(`${text}: ${JSON.stringify(diagnostics)}`);
      const options = { typeImport: { name: schema.name, from: './types.js' } };
      const code = {
        ...loadGenerated(generateValidator(schema, options)),
        ...loadGenerated(generateEncoder(schema, options)),
      };
      // The names follow from the type's.
      const is = code[`is${schema.name}`] as (value: unknown) => boolean;
      const parse = code[`parse${schema.name}`] as (text: string | Uint8Array) => ParseResult<unknown>;
      const encoder = code[`t${n}Encoder`] as RecordEncoder<unknown>;
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      const byAjv = ajv.compile(toJsonSchema(schema, { target: 'draft-2020-12' }));
      const buffer = new Uint8Array(100_000);
      for (const value of values[n] ?? []) {
        const bytes = buffer.subarray(0, encoder.encodeInto(value, buffer, 0));
        const parsed = parse(bytes);
        expect(parsed.ok && isDeepStrictEqual(parsed.value, wireOf(value)), `${text}: ${String(bytes)}`).toBe(
          true,
        );
      }
      for (const wire of [...(values[n] ?? []), ...(values[(n + 1) % kinds.length] ?? [])].map(wireOf)) {
        const expected = isWire?.(wire);
        const told = `${text}: ${JSON.stringify(wire)}`;
        expect([is(wire), parse(JSON.stringify(wire)).ok, byAjv(wire)], told).toEqual([
          expected,
          expected,
          expected,
        ]);
      }
    }
  });
  try {
    fc.assert(check, { numRuns: 1, endOnFailure: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
