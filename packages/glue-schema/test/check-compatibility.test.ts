import { describe, expect, test } from 'vitest';
import {
  checkCompatibility,
  type Column,
  type ColumnType,
  type CompatibilityMode,
  type StorageKind,
  type TableSchema,
} from '../src/index.js';

const schema = (...columns: readonly Column[]): TableSchema => ({ name: 'Order', columns });
const column = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({
  name,
  type,
  optional: true,
  ...more,
});
const id = column('id', { kind: 'string' });
const count = column('count', { kind: 'int' });
test('a manifest says of itself which column has another name now', () => {
  const before = schema(id, column('amount', { kind: 'int' }, { comment: 'Pieces.' }));
  const after = schema(id, column('quantity', { kind: 'int' }, { renamedFrom: 'amount' }));
  const report = checkCompatibility(before, after, { mode: 'NONE', format: 'iceberg' });
  expect(report.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['RENAMED quantity']);
});

const formats: readonly StorageKind[] = ['hive-parquet', 'hive-json', 'iceberg'];

/** Kind and impact of the changes, for Parquet, JSON and Iceberg. */
function impacts(from: TableSchema, to: TableSchema): readonly string[] {
  return formats.map((format) =>
    checkCompatibility(from, to, { mode: 'NONE', format })
      .changes.map((change) => `${change.kind} ${change.impact}`)
      .join(', '),
  );
}

function allowed(from: TableSchema, to: TableSchema, mode: CompatibilityMode): boolean {
  return checkCompatibility(from, to, { mode, format: 'hive-parquet' }).compatible;
}

describe('each kind of change, for Parquet, JSON and Iceberg', () => {
  const note = column('note', { kind: 'string' });
  const struct = (...fields: readonly Column[]): Column => column('place', { kind: 'struct', fields });
  const bigint = (wire: 'number' | 'string'): Column => column('n', { kind: 'bigint', wire });
  const decimal = (precision: number, scale: number): Column =>
    column('price', { kind: 'decimal', precision, scale });
  const timestamp = (wire: 'iso' | 'epoch-seconds'): Column => column('at', { kind: 'timestamp', wire });

  test.each<[string, TableSchema, TableSchema, readonly [string, string, string]]>([
    [
      'a comment',
      schema(id),
      schema({ ...id, comment: 'x' }),
      ['COMMENT NONE', 'COMMENT NONE', 'COMMENT NONE'],
    ],
    [
      'a column at the end',
      schema(id),
      schema(id, note),
      ['ADDED BACKWARD', 'ADDED BACKWARD', 'ADDED BACKWARD'],
    ],
    [
      'a column in the middle',
      schema(id, count),
      schema(id, note, count),
      ['ADDED BACKWARD', 'ADDED CONDITIONAL', 'ADDED BACKWARD'],
    ],
    [
      'a required column',
      schema(id),
      schema(id, { name: 'r', type: { kind: 'int' } }),
      ['ADDED BACKWARD', 'ADDED BACKWARD', 'ADDED BREAKING'],
    ],
    [
      'a removed column',
      schema(id, count),
      schema(id),
      ['REMOVED DESTRUCTIVE', 'REMOVED DESTRUCTIVE', 'REMOVED DESTRUCTIVE'],
    ],
    [
      'a renamed column',
      schema({ ...id, comment: 'x' }),
      schema({ ...id, name: 'key', comment: 'x' }),
      ['RENAMED BREAKING', 'RENAMED BREAKING', 'RENAMED BACKWARD'],
    ],
    [
      'another order',
      schema(id, count),
      schema(count, id),
      ['REORDERED NONE', 'REORDERED CONDITIONAL', 'REORDERED NONE'],
    ],
    [
      'a wider integer',
      schema(count),
      schema(column('count', { kind: 'bigint', wire: 'number' })),
      ['WIDENED CONDITIONAL', 'WIDENED BACKWARD', 'WIDENED BACKWARD'],
    ],
    [
      'a narrower integer',
      schema(count),
      schema(column('count', { kind: 'smallint' })),
      ['TYPE_CHANGED BREAKING', 'TYPE_CHANGED BREAKING', 'TYPE_CHANGED BREAKING'],
    ],
    [
      'float to double',
      schema(column('x', { kind: 'float' })),
      schema(column('x', { kind: 'double' })),
      ['WIDENED CONDITIONAL', 'WIDENED BACKWARD', 'WIDENED BACKWARD'],
    ],
    [
      'more digits, same scale',
      schema(decimal(10, 2)),
      schema(decimal(12, 2)),
      ['WIDENED BREAKING', 'WIDENED CONDITIONAL', 'WIDENED BACKWARD'],
    ],
    [
      'another scale',
      schema(decimal(10, 2)),
      schema(decimal(12, 4)),
      ['TYPE_CHANGED BREAKING', 'TYPE_CHANGED BREAKING', 'TYPE_CHANGED BREAKING'],
    ],
    [
      'timestamp to bigint',
      schema(column('n', { kind: 'timestamp', wire: 'iso' })),
      schema(bigint('number')),
      ['TYPE_CHANGED BREAKING', 'TYPE_CHANGED BREAKING', 'TYPE_CHANGED BREAKING'],
    ],
    [
      'a field in a struct',
      schema(struct(id)),
      schema(struct(id, note)),
      ['ADDED CONDITIONAL', 'ADDED CONDITIONAL', 'ADDED BACKWARD'],
    ],
    [
      'another wire form',
      schema(timestamp('iso')),
      schema(timestamp('epoch-seconds')),
      ['WIRE_CHANGED WIRE', 'WIRE_CHANGED WIRE', 'WIRE_CHANGED BREAKING'],
    ],
    [
      'optional to required',
      schema(id),
      schema({ name: 'id', type: id.type }),
      ['REQUIRED NONE', 'REQUIRED NONE', 'REQUIRED BREAKING'],
    ],
    [
      'required to optional',
      schema({ name: 'id', type: id.type }),
      schema(id),
      ['OPTIONAL NONE', 'OPTIONAL NONE', 'OPTIONAL BACKWARD'],
    ],
  ])('%s', (_what, from, to, expected) => {
    expect(impacts(from, to)).toEqual(expected);
  });
});

describe('modes', () => {
  test('adding is both ways compatible, removing an optional column only forward', () => {
    const [small, large] = [schema(id), schema(id, count)];
    const modes: readonly CompatibilityMode[] = ['NONE', 'BACKWARD', 'FORWARD', 'FULL'];
    expect(modes.map((mode) => allowed(small, large, mode))).toEqual([true, true, true, true]);
    expect(modes.map((mode) => allowed(large, small, mode))).toEqual([true, false, true, false]);
  });

  test('the _ALL modes look at every version', () => {
    const history = [schema(id, column('x', { kind: 'int' })), schema(id)];
    const next = schema(id, column('x', { kind: 'string' }));
    const check = (mode: CompatibilityMode): boolean =>
      checkCompatibility(history, next, { mode, format: 'hive-parquet' }).compatible;
    expect([check('BACKWARD'), check('BACKWARD_ALL')]).toEqual([true, false]);
  });

  test('conditional changes pass when people say so', () => {
    const to = schema(column('count', { kind: 'bigint', wire: 'number' }));
    const options = { mode: 'BACKWARD', format: 'hive-parquet' } as const;
    expect(checkCompatibility(schema(count), to, options).compatible).toBe(false);
    expect(checkCompatibility(schema(count), to, { ...options, allowConditional: true }).compatible).toBe(
      true,
    );
  });

  test('it tells what to deploy first', () => {
    const first = (from: TableSchema, to: TableSchema): string =>
      checkCompatibility(from, to, { mode: 'NONE', format: 'hive-json' }).first;
    expect(first(schema(id), schema(id, count))).toBe('table');
    expect(first(schema(id, count), schema(id))).toBe('producers');
    expect(first(schema(id, count), schema(id, column('x', { kind: 'date' })))).toBe('split');
    expect(first(schema(id), schema(id))).toBe('any');
  });

  test('readers that go by position break where those by name do not', () => {
    const to = schema(column('note', { kind: 'string' }), id);
    const options = { mode: 'BACKWARD', format: 'hive-parquet' } as const;
    expect(checkCompatibility(schema(id), to, options).compatible).toBe(true);
    expect(checkCompatibility(schema(id), to, { ...options, columnsBy: 'index' }).compatible).toBe(false);
  });

  test('registered partitions bear a new field at the end of a struct, at any depth, and no other', () => {
    const table = (fields: string): object => ({
      StorageDescriptor: { Columns: [{ Name: 'p', Type: `array<struct<${fields}>>` }] },
    });
    const impact = (to: string, registeredPartitions: boolean): readonly string[] =>
      checkCompatibility(table('a:int,b:int'), table(to), {
        mode: 'NONE',
        format: 'hive-parquet',
        registeredPartitions,
      }).changes.map(
        (change) => `${change.kind} ${change.impact}${change.assumes === undefined ? '' : ' …'}`,
      );
    expect(impact('a:int,b:int,c:int', true)).toEqual(['ADDED CONDITIONAL …']);
    expect(impact('a:int,c:int,b:int', true)).toEqual(['ADDED BREAKING']);
    expect(impact('a:int,c:int,b:int', false)).toEqual(['ADDED CONDITIONAL …']);
    expect(impact('b:int,a:int', true)).toEqual(['REORDERED BREAKING']);
    expect(impact('b:int,a:int', false)).toEqual(['REORDERED NONE']);
  });

  test('a type that Hive has not is the same only in equal text', () => {
    const table = (Type: string): object => ({ StorageDescriptor: { Columns: [{ Name: 'x', Type }] } });
    const kinds = (from: string, to: string): readonly string[] =>
      checkCompatibility(table(from), table(to), { mode: 'NONE', format: 'hive-parquet' }).changes.map(
        (change) => change.message.slice(0, change.message.indexOf(', which')),
      );
    expect(kinds('struct<a-b:string>', 'struct<a-b:string>')).toEqual([]);
    expect(kinds('integer', 'INTEGER')).toEqual(['`x` becomes INTEGER, was integer']);
    expect(kinds('struct<>', 'struct<a:int>')).toEqual(['`x` becomes struct<a:int>, was struct<>']);
  });

  test('partition keys and storage are compared where both sides tell them', () => {
    const table = (key: string, location: string): object => ({
      PartitionKeys: [{ Name: key, Type: 'string' }],
      StorageDescriptor: { Columns: [{ Name: 'id', Type: 'string' }], Location: location },
    });
    const report = checkCompatibility(table('day', 's3://a/'), table('hour', 's3://b/'), {
      mode: 'FULL',
      format: 'hive-parquet',
    });
    expect(report.violations.map((change) => change.kind)).toEqual(['PARTITION_KEYS', 'STORAGE']);
  });
});
