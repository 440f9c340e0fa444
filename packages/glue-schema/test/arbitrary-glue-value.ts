import fc from 'fast-check';
import type { GlueType } from '../src/index.js';

/**
 * A value of a Glue type in plain, exact form: a decimal is its unscaled digits, a date its days and a timestamp its
 * microseconds since 1970, a map its entries, a struct its values in the order of its fields. Null is a value of
 * every type.
 */
export type GlueValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | { readonly items: readonly GlueValue[] }
  | { readonly entries: readonly (readonly [GlueValue, GlueValue])[] };

const DAYS_TO_YEAR_1 = -719_162;
const DAYS_TO_YEAR_9999 = 2_932_896;
const integers = { tinyint: 8, smallint: 16, int: 32 } as const;
// Text that UTF-8 can hold: half of a surrogate pair is none.
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: 'binary', maxLength: Math.min(maxLength, 12) })
    .filter((value) => value.length <= maxLength);

/** A value that the type holds, null among them. */
export function glueValue(type: GlueType): fc.Arbitrary<GlueValue> {
  return fc.option(present(type), { freq: 6 });
}

function present(type: GlueType): fc.Arbitrary<GlueValue> {
  switch (type.kind) {
    case 'boolean':
      return fc.boolean();
    case 'tinyint':
    case 'smallint':
    case 'int': {
      const half = 2 ** (integers[type.kind] - 1);
      return fc.integer({ min: -half, max: half - 1 });
    }
    case 'bigint':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'float':
      return fc.float({ noNaN: true, noDefaultInfinity: true });
    case 'double':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'decimal': {
      const limit = 10n ** BigInt(type.precision) - 1n;
      return fc.bigInt({ min: -limit, max: limit });
    }
    case 'string':
      return text(12);
    case 'char':
    case 'varchar':
      return text(type.length);
    case 'binary':
      return fc.uint8Array({ maxLength: 8 });
    case 'date':
      return fc.integer({ min: DAYS_TO_YEAR_1, max: DAYS_TO_YEAR_9999 });
    case 'timestamp':
      return fc
        .bigInt({ min: BigInt(DAYS_TO_YEAR_1) * 86_400_000n, max: BigInt(DAYS_TO_YEAR_9999) * 86_400_000n })
        .map((millis) => millis * 1000n);
    case 'array':
      return fc.array(glueValue(type.element), { maxLength: 3 }).map((items) => ({ items }));
    case 'map':
      return fc
        .uniqueArray(fc.tuple(present(type.key), glueValue(type.value)), {
          maxLength: 3,
          // A reader that gives maps as objects knows a key by its text; two zeros are one key to SQL.
          selector: ([key]) => (typeof key === 'number' && key === 0 ? '0' : keyText(type.key, key)),
        })
        .map((entries) => ({ entries }));
    case 'struct':
      return fc.tuple(...type.fields.map((field) => glueValue(field.type))).map((items) => ({ items }));
  }
}

/** A map key as a property name. */
export function keyText(type: GlueType, key: GlueValue): string {
  if (type.kind === 'date') return String(new Date(Number(key) * 86_400_000));
  if (type.kind === 'timestamp') return String(new Date(Number(BigInt(plainText(key)) / 1000n)));
  if (type.kind === 'decimal') return String(Number(key) * 10 ** -type.scale);
  return key instanceof Uint8Array ? key.join() : plainText(key);
}

/** The text of a value that is neither nested nor bytes. */
export function plainText(value: GlueValue): string {
  if (typeof value === 'object') throw new Error('Only a plain value has a text.');
  return String(value);
}
