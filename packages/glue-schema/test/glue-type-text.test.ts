import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatGlueType, parseGlueType } from '../src/index.js';
import { glueType } from './arbitrary-glue-type.js';

describe('type text', () => {
  test('what is written is read back, to depth 32', () => {
    fc.assert(
      fc.property(glueType(32), (type) => {
        expect(parseGlueType(formatGlueType(type))).toEqual(type);
      }),
    );
  });

  test('case, white space and left-out decimal digits are read as Hive reads them', () => {
    expect(parseGlueType(' STRUCT< a : Decimal , b:\tArray<VARCHAR( 5 )> >')).toEqual({
      kind: 'struct',
      fields: [
        { name: 'a', type: { kind: 'decimal', precision: 10, scale: 0 } },
        { name: 'b', type: { kind: 'array', element: { kind: 'varchar', length: 5 } } },
      ],
    });
  });

  test.each([
    ['integer', 'Expected a Hive type ("int" for "integer") at character 0 of type "integer", got "integer"'],
    ['array<int', 'Expected ">" at character 9 of type "array<int", got its end'],
    [
      'map<array<int>,int>',
      'Expected a primitive map key at character 4 of type "map<array<int>,int>", got "array"',
    ],
    ['struct<>', 'Expected a struct field name at character 7 of type "struct<>", got ">"'],
    ['struct<a-b:int>', 'Expected a struct field name at character 7 of type "struct<a-b:int>", got "a-b"'],
    ['varchar', 'Expected "(" at character 7 of type "varchar", got its end'],
    ['int,', 'Expected the end at character 3 of type "int,", got ","'],
    ['', 'Expected a Hive type at character 0 of type "", got its end'],
  ])('%s is refused with the place', (text, message) => {
    expect(() => parseGlueType(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_TYPE_TEXT', message }),
    );
  });

  test.each(['decimal(39,2)', 'decimal(5,7)', 'varchar(0)', 'varchar(65536)', 'char(256)'])(
    '%s is out of range',
    (text) => {
      expect(() => parseGlueType(text)).toThrow(expect.objectContaining({ code: 'INVALID_TYPE' }));
    },
  );

  test('33 levels are one too many, to read and to write', () => {
    const deep = `${'array<'.repeat(33)}int${'>'.repeat(33)}`;
    expect(() => parseGlueType(deep)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
    const inner = parseGlueType(deep.slice('array<'.length, -1));
    expect(() => formatGlueType({ kind: 'array', element: inner })).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    );
  });
});
