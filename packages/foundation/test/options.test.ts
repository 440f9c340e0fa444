import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  callback,
  checkOptions,
  eitherOf,
  flag,
  having,
  listOf,
  mapOf,
  nested,
  numberBetween,
  oneOf,
  required,
  text,
  wholeNumber,
  type OptionRules,
} from '../src/index.js';

interface Batch {
  readonly maxRecords?: number;
  readonly lingerMs?: number;
}
interface Options {
  readonly name: string;
  readonly batch?: Batch;
  readonly mode?: 'packed' | 'single';
  readonly preset?: 'small' | 'large' | { readonly share: number };
  readonly hosts?: readonly string[];
  readonly lambdas?: Readonly<Record<string, () => unknown>>;
  readonly clock?: { now(): number };
  readonly quiet?: boolean;
}
const batch: OptionRules<Batch> = { maxRecords: wholeNumber(1, 500), lingerMs: numberBetween(0, 900_000) };
const rules: OptionRules<Options> = {
  name: required(text()),
  batch: nested(batch),
  mode: oneOf('packed', 'single'),
  preset: eitherOf(oneOf('small', 'large'), nested({ share: numberBetween(0, 1, { above: true }) })),
  hosts: listOf(text()),
  lambdas: mapOf(callback()),
  clock: having('now'),
  quiet: flag(),
};

function messageFor(options: unknown): string | undefined {
  try {
    // What a caller without types may pass.
    checkOptions(options as object, rules, ({ message }) => new Error(message));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('checkOptions', () => {
  test('what fits passes, and undefined counts as not given', () => {
    const clock = Object.create({ now: () => 0 }) as Options['clock'];
    expect(messageFor({ name: 'a', batch: { maxRecords: 500 }, clock, mode: undefined })).toBe(undefined);
    expect(
      messageFor({ name: 'a', preset: { share: 0.5 }, hosts: ['b'], lambdas: { 'arn:x': () => 1 } }),
    ).toBe(undefined);
  });

  test.each([
    [{}, 'Expected `name` to be text that is not empty, got undefined.'],
    [{ name: '' }, 'Expected `name` to be text that is not empty, got "".'],
    [{ name: 'a', batch: { maxRecords: 900 } }, 'Expected `batch.maxRecords` to be 1 to 500, got 900.'],
    [
      { name: 'a', batch: { maxRecords: 1.5 } },
      'Expected `batch.maxRecords` to be a whole number from 1 to 500, got 1.5.',
    ],
    [
      { name: 'a', batch: { maxrecords: 5 } },
      'Unknown option `batch.maxrecords`. Did you mean `batch.maxRecords`? Known options: `batch.maxRecords`, `batch.lingerMs`.',
    ],
    [{ name: 'a', batch: null }, 'Expected `batch` to be an object of options, got null.'],
    [{ name: 'a', batch: [1] }, 'Expected `batch` to be an object of options, got a list of 1.'],
    [
      { name: 'a', mode: 'pakced' },
      "Expected `mode` to be 'packed' or 'single', got \"pakced\". Did you mean 'packed'?",
    ],
    [{ name: 'a', preset: { share: 0 } }, 'Expected `preset.share` to be above 0 and at most 1, got 0.'],
    [{ name: 'a', preset: 5 }, "Expected `preset` to be 'small' or 'large' or an object of options, got 5."],
    [{ name: 'a', hosts: ['b', 1] }, 'Expected `hosts[1]` to be text that is not empty, got 1.'],
    [{ name: 'a', lambdas: { x: 1 } }, 'Expected `lambdas["x"]` to be a function, got 1.'],
    [{ name: 'a', clock: {} }, 'Expected `clock` to be an object with the method `now`, got an object.'],
    [{ name: 'a', quiet: 'yes' }, 'Expected `quiet` to be true or false, got "yes".'],
    [{ name: 'a', batch: { lingerMs: NaN } }, 'Expected `batch.lingerMs` to be 0 to 900000, got NaN.'],
    [5, 'Expected `options` to be an object of options, got 5.'],
    [null, 'Expected `options` to be an object of options, got null.'],
  ])('%j: %s', (options, message) => {
    expect(messageFor(options)).toBe(message);
  });

  test('an object of a class stands for options if it has some of them, and not where it has none', () => {
    class Batches {
      readonly #records = [1, 2];
      get maxRecords(): number {
        return this.#records.length;
      }
    }
    expect(messageFor({ name: 'a', batch: new Batches() })).toBe(undefined);
    expect(messageFor({ name: 'a', batch: Object.create(null) as Batch })).toBe(undefined);
    const others = [new Map([['maxRecords', 5]]), Promise.resolve({}), AbortSignal.abort(), new Date(5)];
    for (const batch of others) {
      expect(messageFor({ name: 'a', batch })).toMatch(/^Expected `batch` to be an object of options, got a/);
    }
    expect(messageFor({ name: 'a', lambdas: new Map() })).toMatch(
      /^Expected `lambdas` to be an object, each/,
    );
  });

  test('what only looks like a Date is told, too', () => {
    expect(messageFor({ name: Object.create(Date.prototype) as Date })).toMatch(/, got an object\.$/);
  });

  test('no key and no value of a caller, whatever it is, gives anything but one line of a bounded length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), fc.anything(), (key, value) => {
        for (const options of [
          { name: 'a', [key]: value },
          { name: value },
          { name: 'a', batch: { [key]: value } },
        ]) {
          const message = messageFor(options) ?? '';
          expect(message.length).toBeLessThan(800);
          expect(message).not.toMatch(/[\n\r]/);
        }
      }),
    );
  });

  test('a key that only a prototype knows is unknown', () => {
    expect(messageFor(JSON.parse('{"name":"a","__proto__":1}'))).toMatch(/^Unknown option `__proto__`/);
    expect(messageFor({ name: 'a', constructor: 1 })).toMatch(/^Unknown option `constructor`/);
  });
});
