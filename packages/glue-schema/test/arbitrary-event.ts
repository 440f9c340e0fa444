import fc from 'fast-check';
import type { Column, ColumnType, TableSchema } from '../src/index.js';

const scalars: readonly ColumnType[] = [
  { kind: 'boolean' },
  { kind: 'tinyint' },
  { kind: 'smallint' },
  { kind: 'int' },
  { kind: 'int', values: [1, 2, 3] },
  { kind: 'bigint', wire: 'number' },
  { kind: 'bigint', wire: 'string' },
  { kind: 'float' },
  { kind: 'double' },
  { kind: 'decimal', precision: 10, scale: 2 },
  { kind: 'decimal', precision: 4, scale: 4 },
  { kind: 'decimal', precision: 38, scale: 18 },
  { kind: 'string' },
  { kind: 'string', values: ['a', 'b'] },
  { kind: 'string', json: true },
  { kind: 'varchar', length: 3 },
  { kind: 'char', length: 3 },
  { kind: 'date' },
  { kind: 'timestamp', wire: 'iso' },
  { kind: 'timestamp', wire: 'epoch-seconds' },
  { kind: 'timestamp', wire: 'epoch-millis' },
];

const mapKeys: readonly ColumnType[] = [
  { kind: 'string' },
  { kind: 'tinyint' },
  { kind: 'int' },
  { kind: 'bigint', wire: 'string' },
  { kind: 'boolean' },
  { kind: 'date' },
  { kind: 'varchar', length: 3 },
  { kind: 'char', length: 3 },
];

/** A column type of at most `depth` levels. */
export function columnType(depth: number): fc.Arbitrary<ColumnType> {
  const scalar = fc.constantFrom(...scalars);
  if (depth === 0) return scalar;
  const inner = columnType(depth - 1);
  const nullable = fc.constantFrom<true | undefined>(true, undefined);
  return fc.oneof(
    { weight: 4, arbitrary: scalar },
    {
      weight: 1,
      arbitrary: fc
        .tuple(inner, nullable)
        .map(([element, on]): ColumnType => ({ kind: 'array', element, ...(on && { elementNullable: on }) })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(inner, nullable, fc.constantFrom(...mapKeys))
        .map(([value, on, key]): ColumnType => ({
          kind: 'map',
          key,
          value,
          ...(on && { valueNullable: on }),
        })),
    },
    { weight: 1, arbitrary: columns(depth - 1).map((fields): ColumnType => ({ kind: 'struct', fields })) },
  );
}

// Names that an object inherits are names like any other.
const names = fc.uniqueArray(fc.constantFrom('a', 'b_2', '__proto__', 'constructor', 'é', '4x', 'valueof'), {
  minLength: 1,
  maxLength: 4,
});

function columns(depth: number): fc.Arbitrary<readonly Column[]> {
  return names.chain((chosen) =>
    fc.tuple(
      ...chosen.map((name) =>
        fc.tuple(columnType(depth), fc.boolean(), fc.boolean()).map(([type, optional, nullable]): Column => ({
          name,
          type,
          ...(optional && { optional }),
          ...(nullable && { nullable }),
        })),
      ),
    ),
  );
}

/** A manifest of every kind of column. */
export const tableSchema: fc.Arbitrary<TableSchema> = columns(2).map((list) => ({
  name: 'Sample',
  columns: list,
}));

/** Values that are right somewhere, or wrong in a way that matters to some SerDe. */
const odd: readonly unknown[] = [
  null,
  true,
  'true',
  0,
  -0,
  1,
  3.7,
  127,
  128,
  -32769,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  1e300,
  3.5e38,
  0.1,
  1e-7,
  12.345,
  '',
  '7',
  '1e2',
  '+5',
  ' 5',
  '12.50',
  '0012.5',
  '12.505',
  '.5',
  '5.',
  '-0.00',
  '99999999999999999999.1',
  'NaN',
  'a',
  'A',
  'abcd',
  'ab ',
  '😀😀😀',
  'x\ud800',
  '\udc00',
  '\u0000"\\',
  '2026-01-05',
  '2026-1-5',
  '2026-02-29',
  '2024-02-29',
  '2026-01-05T08:30:00Z',
  '2026-01-05T08:30:00.123456789Z',
  '2026-01-05T08:30:00',
  '2026-02-30T00:00:00Z',
  '1600-01-01T00:00:00Z',
  '2262-04-10T23:59:59.999Z',
  '2026-01-05T24:00:00Z',
  '2026-01-05 08:30:00',
  '2026-01-05T08:30:00+02:00',
  1_780_000_000,
  1_780_000_000.5,
  1_780_000_000_000,
  999_999_999_999,
  9_300_000_000_000,
  {},
  { K: 1 },
  { k: null },
  [],
  [null],
  [{ A: 1 }],
];

/** A value that often fits the type, and else something odd. */
export function valueFor(type: ColumnType): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: fitting(type) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
}

function fitting(type: ColumnType): fc.Arbitrary<unknown> {
  if ('values' in type) return fc.constantFrom<unknown>(...(type.values ?? []));
  switch (type.kind) {
    case 'boolean':
      return fc.boolean();
    case 'tinyint':
    case 'smallint':
    case 'int':
      return fc.integer({ min: -100, max: 100 });
    case 'bigint':
      return type.wire === 'string'
        ? fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)
        : fc.maxSafeInteger();
    case 'float':
      return fc.float({ noNaN: true, noDefaultInfinity: true });
    case 'double':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'decimal':
      return fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.boolean()).map(([cents, text]) => {
        const number = cents / 10 ** Math.min(type.scale, 4);
        return text ? String(number) : number;
      });
    case 'string':
      return type.json ? fc.jsonValue() : fc.string({ unit: 'binary' });
    case 'varchar':
    case 'char':
      return fc.string({ unit: 'binary', maxLength: 4 });
    case 'date':
      return fc
        .date({ min: new Date(0), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10));
    case 'timestamp': {
      const millis = fc.integer({ min: -9_223_000_000_000, max: 9_223_000_000_000 });
      if (type.wire === 'epoch-millis') return millis;
      if (type.wire === 'epoch-seconds') return millis.map((value) => Math.trunc(value / 1000));
      return millis.map((value) => new Date(value).toISOString());
    }
    case 'array':
      return fc.array(valueFor(type.element), { maxLength: 3 });
    case 'map':
      return fc.dictionary(fc.constantFrom(...keysFor(type.key)), valueFor(type.value), {
        maxKeys: 2,
        noNullPrototype: true,
      });
    case 'struct':
      return eventFor(type.fields);
    default:
      return fc.constant('');
  }
}

const oddKeys = [
  '007',
  '-0',
  '+5',
  '128',
  '1e2',
  '2147483648',
  '2026-1-5',
  '2026-02-30',
  'TRUE',
  'ab ',
  'K',
  '',
];

function keysFor({ kind }: ColumnType): readonly string[] {
  if (kind === 'string') return ['k', 'key', 'é', '__proto__'];
  if (kind === 'varchar' || kind === 'char') return ['k', 'key', 'keys', 'ab ', '😀😀😀', 'K'];
  if (kind === 'boolean') return ['true', 'false', 'true', 'TRUE', ''];
  return kind === 'date'
    ? ['2026-01-05', '2024-02-29', ...oddKeys]
    : ['0', '1', '-7', '127', '0', '1', ...oddKeys];
}

/** An event as JSON brings it; sometimes with a key missing, unknown, or in another case. */
export function eventFor(list: readonly Column[]): fc.Arbitrary<unknown> {
  const entries = list.map((column) => {
    const value = valueFor(column.type);
    const one = fc.tuple(fc.constant(column.name), value);
    return column.optional ? fc.option(one) : one;
  });
  const strange = fc.oneof(
    { weight: 12, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom<[string, unknown]>(['extra', 1], ['A', 1]) },
  );
  return fc.tuple(fc.tuple(...entries), strange).map(([pairs, more]) => {
    const parts = [...pairs, more].filter((pair) => pair !== null);
    // Through text, so that "__proto__" is a key, as it is in a record.
    const text = parts.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',');
    return JSON.parse(`{${text}}`) as unknown;
  });
}
