import fc from 'fast-check';
import { jsonLimits } from '@store/foundation';

/** Columns of the table that hard values are delivered to. */
export const hardColumns: { Name: string; Type: string }[] = [
  { Name: 'id', Type: 'int' },
  { Name: 'n', Type: 'bigint' },
  { Name: 's', Type: 'string' },
  { Name: 'd', Type: 'decimal(38,9)' },
  { Name: 'x', Type: 'double' },
  { Name: 'a', Type: 'array<bigint>' },
  { Name: 't', Type: 'struct<v:string,n:bigint>' },
];

/** What a row must hold, by column: text for all but `x`; a column that is not there is null. */
export interface HardRow {
  readonly n?: string;
  readonly s?: string;
  readonly d?: string;
  readonly x?: number;
  readonly a?: readonly (string | null)[];
  readonly t?: { readonly v: string | null; readonly n: string | null };
}

/** A document, and what must become of it: its row, or nothing but its place in the error output. */
export interface HardDocument {
  readonly text: Buffer;
  readonly row: HardRow | undefined;
  /** It is no JSON: what is behind it on its line belongs to it. */
  readonly isBroken: boolean;
}

/** A value's JSON text and what a column must hold of it; `undefined` where the column must refuse it. */
interface Value<T> {
  readonly text: string;
  readonly stored: T | undefined;
}

const digits = (least: number, most: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.stringMatching(new RegExp(`^[0-9]{${least - 1},${most - 1}}$`)))
    .map(([first, rest]) => `${first}${rest}`);
const sign = fc.constantFrom('', '-');
const wholeNumbers = fc.oneof(
  fc.tuple(sign, digits(17, 38)).map((parts) => parts.join('')),
  fc.tuple(sign, digits(19, 19)).map((parts) => parts.join('')),
  fc.constantFrom(
    '0',
    '-0',
    '9223372036854775807',
    '9223372036854775808',
    '-9223372036854775808',
    '-9223372036854775809',
  ),
  fc.integer().map(String),
);
const otherNumbers = fc.oneof(
  fc
    .tuple(sign, digits(1, 29), fc.stringMatching(/^[0-9]{1,24}$/))
    .map(([minus, whole, fraction]) => `${minus}${whole}.${fraction}`),
  fc.tuple(sign, fc.stringMatching(/^[0-9]{1,24}$/)).map(([minus, fraction]) => `${minus}0.${fraction}`),
  fc
    .tuple(sign, digits(1, 3), fc.integer({ min: -400, max: 400 }))
    .map(([minus, whole, power]) => `${minus}${whole}e${power}`),
  fc.constantFrom(
    '1e400',
    '-1e400',
    '-0.0',
    '-0e0',
    '1E-400',
    '5e-324',
    '1.7976931348623157e308',
    '1.50',
    '0.0000001',
    '1e5',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value).replace('+', '')),
);
const numbers = fc.oneof(wholeNumbers, otherNumbers);

/** Java's parseLong: whole digits within 64 bits. */
function int64(text: string): string | undefined {
  if (!/^-?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value ? String(value) : undefined;
}

/** The number rounded half up to nine places, in whole numbers alone; `undefined` beyond 29 digits before the point. */
function decimal38(text: string): string | undefined {
  const [, minus = '', whole = '', fraction = '', power = '0'] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text) ?? [];
  // In units of 10^-400-400-24, the least that is generated.
  const places = 850;
  const units = BigInt(whole + fraction) * 10n ** BigInt(places + Number(power) - fraction.length);
  const unit = 10n ** BigInt(places - 9);
  const rounded = (units + unit / 2n) / unit;
  if (rounded >= 10n ** 38n) return undefined;
  const shown = String(rounded).padStart(10, '0');
  return `${rounded === 0n ? '' : minus}${shown.slice(0, -9)}.${shown.slice(-9)}`;
}

const wellFormed = (text: string): string =>
  text.replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '?');

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    '😀',
    '\u2028\u2029',
    '\ud800',
    'a\udc00b',
    '\udfff\ud800',
    '\u0000',
    '"\\/\b\f\n\r\t',
    'ß',
    '',
    'null',
    '\ufeff',
    '\ufffd',
  ),
);
/** The text of a string: as JSON.stringify has it, with every character escaped, or with none beyond what must be. */
const quoted = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    JSON.stringify(text),
    `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`,
  );
const strings: fc.Arbitrary<Value<string>> = texts.chain((text) =>
  quoted(text).map((json) => ({ text: json, stored: wellFormed(text) })),
);

const nest = (depth: number, inner: string): string => '[{"k":'.repeat(depth) + inner + '}]'.repeat(depth);
/** Two levels each, within the document's own. */
const depths = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(249, 250, 251, 2_000, 20_000));
const isTooDeep = (depth: number): boolean => 1 + 2 * depth > jsonLimits.maxDepth;

const columnValues = {
  n: fc.oneof(
    numbers.map((text) => ({ text, stored: int64(text) })),
    wholeNumbers.map((text) => ({ text: `"${text}"`, stored: int64(text) })),
  ),
  s: fc.oneof(
    strings,
    numbers.map((text) => ({ text, stored: text })),
    fc.tuple(depths, numbers).map(([depth, inner]) => {
      const text = nest(depth, inner);
      return { text, stored: isTooDeep(depth) ? undefined : text };
    }),
  ),
  d: fc.oneof(
    numbers.map((text) => ({ text, stored: decimal38(text) })),
    numbers.map((text) => ({ text: `"${text}"`, stored: decimal38(text) })),
  ),
  x: numbers.map((text) => ({ text, stored: Number(text) })),
  a: fc.array(fc.oneof(wholeNumbers, fc.constant('null')), { maxLength: 4 }).map((items) => {
    const stored = items.map((text) => (text === 'null' ? null : int64(text)));
    return {
      text: `[${items.join(',')}]`,
      stored: stored.includes(undefined) ? undefined : stored.map((item) => item ?? null),
    };
  }),
  t: fc.tuple(strings, wholeNumbers).map(([v, n]) => {
    const stored = int64(n);
    return {
      text: `{"v":${v.text},"n":${n}}`,
      stored: stored === undefined ? undefined : { v: v.stored ?? null, n: stored },
    };
  }),
};

const space = fc.constantFrom('', '', '', ' ', '\n', '\r\n', '\t');
/** Members that no column reads, and whether the document may be stored with them. */
const extras = fc.oneof(
  fc.constant({ text: '', isStored: true }),
  numbers.map((text) => ({ text: `,"extra":${text}`, isStored: true })),
  depths.map((depth) => ({ text: `,"extra":${nest(depth, '1')}`, isStored: !isTooDeep(depth) })),
  fc.integer({ min: 100, max: 3_000 }).map((wide) => ({
    text: `,"extra":{${Array.from({ length: wide }, (_, at) => `"k${at}":${at}`).join(',')}}`,
    isStored: true,
  })),
  fc
    .constantFrom(
      ',"s":"twice","s":"once"',
      ',"extra":[{"k":1,"k":1}]',
      ',"N":1,"n":1',
      ',"extra":{"\\u006b":1,"k":2}',
    )
    .map((text) => ({ text, isStored: false })),
);

/** A document of the given number. */
export function hardDocument(id: number): fc.Arbitrary<HardDocument> {
  const names = Object.keys(columnValues).filter(
    (name): name is keyof typeof columnValues => name in columnValues,
  );
  const whole = fc
    .tuple(
      fc.shuffledSubarray(names, { minLength: 0, maxLength: 4 }),
      fc.record(columnValues),
      extras,
      fc.array(space, { minLength: 3, maxLength: 3 }),
    )
    .map(([chosen, values, extra, [before = '', between = '', after = '']]): HardDocument => {
      const members = chosen.map((name) => `,${between}"${name}":${values[name].text}`).join('');
      const text = `{${before}"id":${id}${members}${extra.text}${after}}`;
      const isTwice = extra.text.startsWith(',"s"') || extra.text.startsWith(',"N"');
      const isStored =
        extra.isStored && !isTwice && chosen.every((name) => values[name].stored !== undefined);
      const row = Object.fromEntries(chosen.map((name) => [name, values[name].stored]));
      return { text: Buffer.from(text), row: isStored ? row : undefined, isBroken: false };
    });
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 6 }).map((given): HardDocument => {
    const inside = Buffer.from(given.map((byte) => (byte < 0x80 ? 0x41 + (byte % 26) : byte)));
    const text = Buffer.concat([Buffer.from(`{"id":${id},"s":"`), inside, Buffer.from('"}')]);
    // What is no UTF-8 is U+FFFD, as Java decodes it.
    return { text, row: { s: inside.toString() }, isBroken: false };
  });
  const broken = fc
    .constantFrom('tru', '1.', '01', '{"a":}', '[\n1\n,\n]', '"a\nb"', '+1', '"\\x"', '{"id":1}\n0', 'nul')
    .map((value): HardDocument => ({
      text: Buffer.from(`{"id":${id},"extra":${value}}`),
      row: undefined,
      isBroken: true,
    }));
  return fc.oneof(
    { weight: 20, arbitrary: whole },
    { weight: 1, arbitrary: bytes },
    { weight: 1, arbitrary: broken },
  );
}
