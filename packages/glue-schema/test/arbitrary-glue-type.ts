import fc from 'fast-check';
import type { GlueType } from '../src/index.js';

/** Every primitive Glue type. */
export function gluePrimitive(): fc.Arbitrary<GlueType> {
  return fc.oneof(
    fc.constantFrom(
      ...(
        [
          'boolean',
          'tinyint',
          'smallint',
          'int',
          'bigint',
          'float',
          'double',
          'string',
          'binary',
          'date',
          'timestamp',
        ] as const
      ).map((kind): GlueType => ({ kind })),
    ),
    fc.tuple(fc.integer({ min: 1, max: 38 }), fc.nat(38)).map(([precision, scale]): GlueType => ({
      kind: 'decimal',
      precision,
      scale: Math.min(scale, precision),
    })),
    fc.integer({ min: 1, max: 255 }).map((length): GlueType => ({ kind: 'char', length })),
    fc.integer({ min: 1, max: 65_535 }).map((length): GlueType => ({ kind: 'varchar', length })),
  );
}

/** Names that Hive's grammar takes for struct fields, distinct within one struct. */
export function fieldNames(): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.stringMatching(/^[a-zß漢0-9_.$]{1,8}$/), { minLength: 1, maxLength: 4 });
}

/** Names that Glue takes for columns, so that a manifest may have them for struct fields too. */
export function columnNames(): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.stringMatching(/^[a-zß漢0-9_]{1,8}$/), { minLength: 1, maxLength: 4 });
}

/** Any Glue type of at most `depth` levels of array, map and struct: one branch goes deep, the others end soon. */
export function glueType(
  depth: number,
  structNames: fc.Arbitrary<string[]> = fieldNames(),
): fc.Arbitrary<GlueType> {
  const wrap = fc.oneof(
    fc.constant((type: GlueType): GlueType => ({ kind: 'array', element: type })),
    gluePrimitive().map((key) => (value: GlueType): GlueType => ({ kind: 'map', key, value })),
    structNames.chain((names) =>
      fc
        .tuple(fc.nat(names.length - 1), ...names.map(() => gluePrimitive()))
        .map(([deep, ...others]) => (type: GlueType): GlueType => ({
          kind: 'struct',
          fields: others.map((other, index) => ({
            name: names[index] ?? '',
            type: index === deep ? type : other,
          })),
        })),
    ),
  );
  return fc
    .tuple(gluePrimitive(), fc.array(wrap, { maxLength: depth, size: 'max' }))
    .map(([leaf, wraps]) => wraps.reduce((type, around) => around(type), leaf));
}
