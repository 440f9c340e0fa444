import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emitSchemas, generateEncoder, generateValidator } from '@store/glue-schema/compiler';
import { type TableSchema, toGlueColumns, toJsonSchema } from '../../src/index.js';
import type { RecordEncoder, ValidationResult } from '../../src/runtime/index.js';
import { loadGenerated } from '../load-generated.js';

const types = `
export type Movement = { kind: 'sale'; sku: string; qty: number } | { kind: 'move'; sku: string; to: string };
export interface Day { id: string; all: Movement[]; last: Movement | null }
export type Outcome = { ok: true; value: 0.5 | 1 } | { ok: false; reason: string };
export interface Stop { last: { toJSON(): { at: string } | null } | { by: string } }
export interface Nulls { all: (Movement | null)[]; map: Record<string, Movement | null>; none?: Movement | null; gone: Movement | undefined }
export type Shape = { width: number; height: number } | { radius: number };
`;

const schemas = new Map<string, TableSchema>();
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'union-of-records-'));
  writeFileSync(join(folder, 'types.ts'), types);
  const names = ['Movement', 'Day', 'Outcome', 'Shape', 'Stop', 'Nulls'];
  const results = emitSchemas({ entry: join(folder, 'types.ts'), types: names.map((type) => ({ type })) });
  for (const { schema } of results) if (schema !== undefined) schemas.set(schema.name, schema);
  rmSync(folder, { recursive: true });
});
afterAll(() => {
  schemas.clear();
});

function schemaOf(name: string): TableSchema {
  const schema = schemas.get(name);
  if (schema === undefined) throw new Error(`${name} has no schema`);
  return schema;
}

/** What both readers of the manifest say of a value, and the first place that the validator names. */
function judge(name: string, value: unknown): string {
  const schema = schemaOf(name);
  const module = loadGenerated(generateValidator(schema, { typeImport: { name, from: './types.js' } }));
  // The names follow from the type's.
  const validate = module[`validate${name}`] as (value: unknown) => ValidationResult<unknown>;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const byAjv = ajv.validate(toJsonSchema(schema, { target: 'draft-2020-12' }), value);
  const result = validate(value);
  expect(byAjv, JSON.stringify(value)).toBe(result.ok);
  return result.ok ? 'fits' : `${result.issues[0]?.code ?? ''} ${result.issues[0]?.path.join('.') ?? ''}`;
}

test('the columns of a union are the fields of its members, in the order of declaration', () => {
  expect(toGlueColumns(schemaOf('Movement')).map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([
    'kind string',
    'sku string',
    'qty double',
    'to string',
  ]);
});

describe('a value is one member of the union, whole', () => {
  test.each([
    ['Movement', { kind: 'sale', sku: 'a', qty: 1 }, 'fits'],
    ['Movement', { kind: 'move', sku: 'a', to: 'b' }, 'fits'],
    ['Movement', { kind: 'sale', sku: 'a' }, 'MISSING qty'],
    ['Movement', { kind: 'move', sku: 'a', qty: 1 }, 'MISSING to'],
    ['Movement', { kind: 'sale', sku: 'a', qty: 1, to: 'b' }, 'UNKNOWN_KEY to'],
    ['Movement', { kind: 'gift', sku: 'a' }, 'OUT_OF_RANGE kind'],
    ['Movement', { sku: 'a', qty: 1 }, 'MISSING kind'],
    ['Movement', 'sale', 'TYPE_MISMATCH '],
    ['Day', { id: 'd', all: [{ kind: 'sale', sku: 'a', qty: 1 }], last: null }, 'fits'],
    ['Day', { id: 'd', all: [{ kind: 'sale', sku: 'a' }], last: null }, 'MISSING all.0.qty'],
    ['Day', { id: 'd', all: [], last: { kind: 'move', sku: 'a' } }, 'MISSING last.to'],
    ['Outcome', { ok: true, value: 0.5 }, 'fits'],
    ['Outcome', { ok: true, value: 0.7 }, 'OUT_OF_RANGE value'],
    ['Outcome', { ok: false, value: 0.5 }, 'MISSING reason'],
    ['Shape', { radius: 1 }, 'fits'],
    ['Shape', { width: 1 }, 'MISSING height'],
    ['Shape', { width: 1, height: 2, radius: 3 }, 'UNKNOWN_KEY radius'],
    ['Nulls', { all: [null, { kind: 'move', sku: 'a', to: 'b' }], map: { k: null }, none: null }, 'fits'],
    ['Nulls', { all: [{ kind: 'move' }, null], map: {} }, 'MISSING all.0.sku'],
    ['Nulls', { all: [], map: {}, gone: null }, 'TYPE_MISMATCH gone'],
    ['Stop', { last: null }, 'fits'],
    ['Stop', { last: { at: 'a' } }, 'fits'],
    ['Stop', { last: {} }, 'MISSING last.at'],
  ])('%s %j: %s', (name, value, expected) => {
    expect(judge(name, value)).toBe(expected);
  });
});

test('the encoder writes a member as JSON.stringify does, without the fields of the others', () => {
  const typeImport = { name: 'Movement', from: './types.js' };
  const { movementEncoder } = loadGenerated(generateEncoder(schemaOf('Movement'), { typeImport })) as {
    movementEncoder: RecordEncoder<unknown>;
  };
  const buffer = new Uint8Array(200);
  for (const value of [
    { kind: 'sale', sku: 'a', qty: 1 },
    { kind: 'move', sku: 'a', to: 'b' },
  ])
    expect(new TextDecoder().decode(buffer.subarray(0, movementEncoder.encodeInto(value, buffer, 0)))).toBe(
      JSON.stringify(value),
    );
});
