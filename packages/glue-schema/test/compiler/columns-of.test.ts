import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { emitSchemas, generateSchemaModule } from '@store/glue-schema/compiler';
import { compilers, fixture } from './compilers.js';
import { expected } from './edge-cases.expected.js';
import { typeChecks } from './type-check.js';

const compiler = compilers[1]?.typescript ?? {};

describe.each(Object.entries(typeChecks))('with %s', (_name, typeCheck) => {
  test('the proof of every type that has columns holds', () => {
    const entry = fixture('edge-cases.ts');
    const names = Object.keys(expected).filter((name) => name !== 'default' && name !== 'Renamed');
    const results = emitSchemas({
      entry,
      types: names.map((type) => ({ type })),
      tsconfig: fixture('tsconfig.json'),
      typescript: compiler,
    });
    const files: Record<string, string> = {};
    for (const { schema, stated } of results) {
      if (schema === undefined) continue;
      const typeImport = { name: schema.name, from: './edge-cases.js' };
      files[fixture(`${schema.name}.proof.ts`)] = generateSchemaModule(schema, { typeImport, stated });
    }
    expect(Object.keys(files).length).toBeGreaterThan(25);
    expect(typeCheck(files)).toEqual([]);
  });
});

/** Each changes one line of fixtures/order.ts and leaves the committed module alone. */
const mutations: readonly { readonly kind: string; readonly from: string; readonly to: string }[] = [
  { kind: 'a column is added', from: 'note?: string;', to: 'note?: string; extra: string;' },
  { kind: 'a column is removed', from: '  paid: boolean;\n', to: '' },
  { kind: 'a column is renamed', from: 'paid: boolean', to: 'settled: boolean' },
  { kind: 'an integer is widened', from: 'quantity: Int32', to: 'quantity: Int64' },
  { kind: 'a tag is dropped', from: 'quantity: Int32', to: 'quantity: number' },
  { kind: 'a column becomes optional', from: 'paid: boolean', to: 'paid?: boolean' },
  { kind: 'an optional column becomes required', from: 'note?: string', to: 'note: string' },
  { kind: 'a column becomes nullable', from: 'paid: boolean', to: 'paid: boolean | null' },
  { kind: 'a nested field is added', from: 'city: string;', to: 'city: string; zip: string;' },
  { kind: 'a nested field is removed', from: '    country: string;\n', to: '' },
  { kind: 'a decimal changes its scale', from: 'Decimal<10, 2>', to: 'Decimal<10, 3>' },
  { kind: 'a type becomes unknown', from: 'paid: boolean', to: 'paid: unknown' },
  { kind: 'a type becomes any', from: 'paid: boolean', to: 'paid: any' },
  { kind: 'a union becomes mixed', from: 'paid: boolean', to: 'paid: boolean | string' },
  { kind: 'a timestamp changes its wire form', from: 'at: IsoTimestamp', to: 'at: EpochMillis' },
  { kind: 'a text is opened', from: "'web' | 'shop'", to: 'string' },
  { kind: 'a value joins a closed set', from: "'web' | 'shop'", to: "'web' | 'shop' | 'phone'" },
  { kind: 'a value leaves a closed set', from: "'web' | 'shop'", to: "'web'" },
  { kind: 'a field of an array element changes', from: 'sku: string', to: 'sku: number' },
  { kind: 'a map changes its values', from: 'Record<string, Int32>', to: 'Record<string, string>' },
  { kind: 'an array element may be null', from: 'tags: string[]', to: 'tags: (string | null)[]' },
];

describe.each(Object.entries(typeChecks))('%s fails on drift: ', (_name, typeCheck) => {
  const entry = fixture('order.ts');
  const text = readFileSync(entry, 'utf8');
  const [emitted] = emitSchemas({
    entry,
    types: [{ type: 'Order' }],
    tsconfig: fixture('tsconfig.json'),
    typescript: compiler,
  });
  // Every mutated type beside the module of the unchanged one, all in one program.
  const files: Record<string, string> = {};
  for (const [index, { from, to }] of [{ from: '', to: '' }, ...mutations].entries()) {
    const typeImport = { name: 'Order', from: `./order-${index}.js` };
    const { schema, stated = [] } = emitted ?? {};
    files[fixture(`order-${index}.ts`)] = text.replace(from, to);
    files[fixture(`proof-${index}.ts`)] = schema ? generateSchemaModule(schema, { typeImport, stated }) : '';
  }
  const errors = typeCheck(files);
  const errorsOf = (index: number): readonly string[] =>
    errors.filter((error) => error.startsWith(`proof-${index}.ts`));

  test('the committed module holds for the type that it was emitted from', () => {
    expect(errorsOf(0)).toEqual([]);
    // A mutation may leave an import without its use.
    const others = errors.filter((error) => !/^proof-|declared but/.test(error));
    expect(others).toEqual([]);
  });

  test.each(mutations.map((mutation, index) => ({ ...mutation, index: index + 1 })))('$kind', (mutation) => {
    expect(text).toContain(mutation.from);
    expect(errorsOf(mutation.index).length).toBeGreaterThan(0);
  });
});
