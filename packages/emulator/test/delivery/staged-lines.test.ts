import { DuckDBInstance } from '@duckdb/node-api';
import { jsonDocuments, stringifyJson } from '@store/foundation';
import { createDeserializer } from '@store/glue-schema';
import fc from 'fast-check';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stagedRows } from '../../src/lake/staged-rows.js';
import { temporaryFolder } from '../clients.js';

const primitive = fc.oneof(
  fc.constantFrom(
    'boolean',
    'tinyint',
    'smallint',
    'int',
    'bigint',
    'float',
    'double',
    'string',
    'date',
    'timestamp',
  ),
  fc.constantFrom(
    'decimal(1,1)',
    'decimal(10,2)',
    'decimal(15,3)',
    'decimal(38,0)',
    'decimal(38,38)',
    'decimal(20,4)',
    'char(2)',
    'varchar(3)',
  ),
);
const type = fc.oneof(
  { weight: 3, arbitrary: primitive },
  primitive.map((item) => `array<${item}>`),
  fc.tuple(primitive, primitive).map(([key, value]) => `map<${key},${value}>`),
  fc.tuple(primitive, primitive).map(([a, b]) => `struct<a:${a},b:array<${b}>>`),
  fc.tuple(primitive, primitive).map(([a, b]) => `array<map<${a},struct<a:${b}>>>`),
);

const numberText = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '-0.0',
    '1e400',
    '-1e400',
    '1e38',
    '3.4028235677973366e38',
    '3.4028234663852886e38',
    '5e-324',
    '1e-400',
  ),
  fc.constantFrom(
    '127',
    '128',
    '-129',
    '32768',
    '2147483648',
    '9223372036854775807',
    '9223372036854775808',
    '0.95',
    '9.99',
    '1e2',
    '1.0',
  ),
  fc.constantFrom(
    '1780000000',
    '1780000000.25',
    '999999999999',
    '1e12',
    '-62135596800',
    '253402300800',
    '99999999999999999',
  ),
  fc.bigInt({ min: -(10n ** 39n), max: 10n ** 39n }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value).replace('+', '')),
);
const scalarText = fc.oneof(
  numberText,
  numberText.map((text) => `"${text}"`),
  fc.constantFrom(
    'true',
    'false',
    'null',
    '"true"',
    '"NaN"',
    '"-Infinity"',
    '"1d"',
    '"0x1f"',
    '"+5"',
    '" 7 "',
    '""',
    '"007"',
    '".5"',
    '"5."',
  ),
  fc.constantFrom(
    '"2026-01-05"',
    '"2026-1-5"',
    '"0000-01-01"',
    '"9999-12-31"',
    '"2026-02-30"',
    '"1582-10-10"',
  ),
  fc.constantFrom(
    '"2026-01-05T08:30:00Z"',
    '"2026-01-05 08:30:00.123456789"',
    '"0001-01-01 00:00:00"',
    '"9999-12-31T23:59:59.999999999Z"',
    '"2026-1-5 8:3:0"',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => JSON.stringify(text)),
  fc.constantFrom('"\\ud800"', '"\\u0000"', '"\u2028"', '"😀😀😀😀"', '"__proto__"'),
);
const key = fc.oneof(
  fc.constantFrom(
    '"a"',
    '"b"',
    '"A"',
    '"__proto__"',
    '"\\u0061"',
    '"\\ud800"',
    '"\\udc00"',
    '"1"',
    '"01"',
    '"1.0"',
    '"-0"',
    '"0"',
    '"true"',
    '"x"',
  ),
  scalarText.filter((text) => text.startsWith('"')),
);
const valueText = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 4, arbitrary: scalarText },
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 3 })
      .map((members) => `{${members.map((member) => member.join(':')).join(',')}}`),
  ),
})).value;

const seed = Math.floor(Math.random() * 2 ** 31);

test.each(['openx', 'hive'] as const)(
  `what %s stores of any document for a column of any type is a line that DuckDB reads (seed ${seed})`,
  async (serde) => {
    const path = join(await temporaryFolder(), 'lines.json');
    const connection = await (await DuckDBInstance.create()).connect();
    let stored = 0;
    await fc.assert(
      fc.asyncProperty(type, fc.array(valueText, { minLength: 60, maxLength: 60 }), async (Type, values) => {
        const columns = [
          { Name: 'c', Type },
          { Name: 'id', Type: 'int' },
        ];
        const { convert } = createDeserializer(columns, { serde });
        const lines: string[] = [];
        for (const [id, value] of values.entries()) {
          const bytes = Buffer.from(`{"c":${value},"id":${id}}`);
          for (const document of jsonDocuments(bytes, 0, bytes.length)) {
            if (document.failure !== undefined) continue;
            const outcome = convert(document.value, document);
            if (outcome.kind === 'unchanged') lines.push(bytes.toString());
            if (outcome.kind === 'changed') lines.push(stringifyJson(outcome.document));
          }
        }
        stored += lines.length;
        await writeFile(path, lines.map((line) => `${line}\n`).join(''));
        const reader = await connection.runAndReadAll(
          `SELECT c::VARCHAR, id FROM ${stagedRows([path], columns)}`,
        );
        expect(reader.currentRowCount).toBe(lines.length);
      }),
      { numRuns: 150, seed },
    );
    expect(stored).toBeGreaterThan(500);
  },
);
