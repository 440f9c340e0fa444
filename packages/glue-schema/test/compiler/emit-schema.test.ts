import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  emitSchema,
  type EmitSchemaOptions,
  type EmitSchemaResult,
  formatDiagnostic,
  generateSchemaModule,
  readCommittedColumns,
} from '@store/glue-schema/compiler';
import { columnText } from './column-text.js';
import { compilers } from './compilers.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'emit-schema-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(file: string, text: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe.each(compilers)('with $name', ({ typescript }) => {
  const emit = (options: Omit<EmitSchemaOptions, 'type' | 'typescript'>, type = 'A'): EmitSchemaResult =>
    emitSchema({ type, typescript, ...options });
  const columns = (result: EmitSchemaResult): readonly string[] | undefined =>
    result.schema?.columns.map(columnText);
  const codes = ({ diagnostics }: EmitSchemaResult): readonly string[] =>
    diagnostics.map(({ code, severity, line, column }) => `${severity} ${code} ${line}:${column}`);

  test('line ends, byte order mark and kind of file make no difference', () => {
    const text = '/** Doc. */\nexport interface A {\n  /**\n   * Two\n   * lines.\n   */\n  a: string;\n}\n';
    const expected = emit({ entry: write('lf.ts', text) }).schema;
    expect(expected?.columns.map(columnText)).toEqual(['a: string — Two lines.']);
    for (const [file, variant] of [
      ['crlf.ts', text.replaceAll('\n', '\r\n')],
      ['bom.ts', `\uFEFF${text}`],
      ['both.ts', `\uFEFF${text.replaceAll('\n', '\r\n')}`],
      ['declared.d.ts', text],
      ['module.mts', text],
      ['common.cts', text],
    ] as const)
      expect(emit({ entry: write(file, variant) }).schema, file).toEqual(expected);
  });

  test('path aliases and linked packages resolve as the project says', () => {
    write('aliased/lib/id.ts', 'export interface Id { /** Who. */\n id: string }');
    write(
      'linked/package.json',
      '{ "name": "linked", "type": "module", "types": "index.d.ts", "exports": { ".": { "types": "./index.d.ts" } } }',
    );
    write('linked/index.d.ts', 'export interface Place {\n  city: string;\n}');
    mkdirSync(join(folder, 'aliased/node_modules'), { recursive: true });
    rmSync(join(folder, 'aliased/node_modules/linked'), { force: true });
    symlinkSync(join(folder, 'linked'), join(folder, 'aliased/node_modules/linked'));
    const tsconfig = write(
      'aliased/tsconfig.json',
      '{ "compilerOptions": { "module": "nodenext", "strict": false, "paths": { "#lib/*": ["./lib/*"] } } }',
    );
    const entry = write(
      'aliased/entry.ts',
      "import type { Id } from '#lib/id';\nimport type { Place } from 'linked';\nexport interface A extends Id, Place { own: string | null }",
    );
    const result = emit({ entry, tsconfig });
    expect(codes(result)).toEqual([]);
    // strictNullChecks is off in the project and on for the schema.
    expect(columns(result)?.toSorted()).toEqual(['city: string', 'id: string', 'own | null: string']);
  });

  test('an import that does not resolve is its own error, never a type', () => {
    const entry = write(
      'unresolved.ts',
      "import type { B } from './nowhere.js';\nexport interface A { b: B }",
    );
    const result = emit({ entry });
    expect(result.schema).toBeUndefined();
    expect(codes(result)[0]).toBe('error TS2307 1:24');
  });

  test('a file with an error of its own gives no schema', () => {
    const entry = write('broken.ts', 'export interface A { a: string }\nexport const n: number = "x";');
    expect(codes(emit({ entry }))).toEqual(['error TS2322 2:14']);
    expect(codes(emit({ entry: write('syntax.ts', 'export interface A { a: }') }))).toContain(
      'error TS1110 1:25',
    );
  });

  test('a type that needs the DOM is read with the libraries of the project', () => {
    const entry = write('dom.ts', 'export interface A {\n  kind: DocumentReadyState;\n  url: URL;\n}');
    const tsconfig = write('dom.json', '{ "compilerOptions": { "lib": ["es2022", "dom"], "types": [] } }');
    expect(columns(emit({ entry, tsconfig }))).toEqual([
      'kind: string of complete|interactive|loading',
      'url: string',
    ]);
  });

  test('a misplaced tag is an error, not passed over', () => {
    const entry = write('same-line.ts', 'export interface A { /** @glueType int */ a: number }');
    expect(codes(emit({ entry }))).toEqual(['error TAG_MISPLACED 1:43']);
    const plain = write('same-line-doc.ts', 'export interface A { /** only words */ a: number }');
    expect(columns(emit({ entry: plain }))).toEqual(['a: double']);
  });

  test('committed columns keep their order, a renamed one its place, new ones append', () => {
    const entry = write(
      'order.ts',
      'export interface A {\n  fresh: string;\n  c: string;\n  /** @renamedFrom b */\n  beta: string;\n  a: string;\n}',
    );
    const previous = { columns: [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'gone' }] };
    expect(emit({ entry, previous }).schema?.columns.map(({ name }) => name)).toEqual([
      'a',
      'beta',
      'c',
      'fresh',
    ]);
  });

  test('snake case on request, with the JSON key kept', () => {
    const entry = write(
      'snake.ts',
      'export interface A { userId: string; "unit-price": number; HTTPCode: number }',
    );
    expect(columns(emit({ entry, names: 'snake' }))).toEqual([
      'user_id = "userId": string',
      'unit_price = "unit-price": double',
      'http_code = "HTTPCode": double',
    ]);
    const nested = write('snake-nested.ts', 'export interface A { a: { innerName: string } }');
    expect(codes(emit({ entry: nested, names: 'snake' }))).toEqual(['error NAME_NESTED_MAPPING 1:27']);
  });

  test('exactOptionalPropertyTypes changes nothing but what it means', () => {
    const entry = write(
      'optional.ts',
      'export interface A { readonly a?: string; b?: string | undefined; c: string }',
    );
    const tsconfig = write(
      'exact.json',
      '{ "compilerOptions": { "strict": true, "exactOptionalPropertyTypes": true } }',
    );
    const expected = ['a?: string', 'b?: string', 'c: string'];
    expect(columns(emit({ entry }))).toEqual(expected);
    expect(columns(emit({ entry, tsconfig }))).toEqual(expected);
  });

  test('a name is measured in bytes, and folded without a locale', () => {
    const fits = 'ä'.repeat(127);
    expect(columns(emit({ entry: write('bytes.ts', `export interface A { ${fits}: string }`) }))).toEqual([
      `${fits}: string`,
    ]);
    const tooLong = emit({ entry: write('too-long.ts', `export interface A { ${fits}ä: string }`) });
    expect(codes(tooLong)).toEqual(['error NAME_INVALID 1:22']);
    const folded = emit({
      entry: write('folded.ts', "export interface A { STRASSE: string; strasse: string; 'İ': string }"),
    });
    expect(codes(folded)).toEqual(['error NAME_INVALID 1:56', 'error NAME_COLLISION 1:39']);
  });

  test('a name that is nearly right is suggested', () => {
    const entry = write('names.ts', 'export interface OrderEvent { a: string }\nexport const value = 1;');
    const result = emit({ entry }, 'OrderEvnt');
    expect(result.diagnostics[0]).toMatchObject({ code: 'TYPE_NOT_FOUND', fix: 'Did you mean OrderEvent?' });
  });

  test('two thousand columns and thirty levels work; what Glue would refuse is an error', () => {
    const many = Array.from(
      { length: 2000 },
      (_, n) => `  column_${n}: ${n % 2 ? 'string' : 'number'};`,
    ).join('\n');
    expect(
      emit({ entry: write('many.ts', `export interface A {\n${many}\n}`) }).schema?.columns,
    ).toHaveLength(2000);
    const nest = (levels: number): string =>
      `export interface A { a: ${'{ a: '.repeat(levels)}string${' }'.repeat(levels)} }`;
    const deep = emit({ entry: write('deep.ts', nest(30)) });
    expect(deep.schema).toBeDefined();
    expect(codes(deep)).toEqual(['warning DEPTH 1:22']);
    expect(codes(emit({ entry: write('deeper.ts', nest(33)) }))[0]).toContain('error DEPTH');
    const wide = Array.from(
      { length: 3000 },
      (_, n) => `a_rather_long_name_of_a_field_in_a_struct_${n}: string;`,
    ).join(' ');
    const long = emit({ entry: write('long.ts', `export interface A {\n  a: { ${wide} };\n}`) });
    expect(codes(long)).toEqual(['error TYPE_TOO_LONG 2:3']);
  });
});

test('a compiler without the wanted API is refused by name', () => {
  const entry = write('any.ts', 'export interface A { a: string }');
  const classic = compilers[1]?.typescript ?? {};
  expect(() => emitSchema({ entry, type: 'A', typescript: {}, backend: 'classic' })).toThrow(
    'Expected `typescript` to be a module with the classic API',
  );
  expect(emitSchema({ entry, type: 'A', typescript: classic, backend: 'classic' }).schema).toBeDefined();
  expect(emitSchema({ entry, type: 'A' }).schema).toBeDefined();
});

test('a missing file is a diagnostic', () => {
  const { schema, diagnostics } = emitSchema({ entry: '/nowhere/order.ts', type: 'A' });
  expect(schema).toBeUndefined();
  expect(diagnostics.map(formatDiagnostic)).toMatchInlineSnapshot(`
    [
      "/nowhere/order.ts:1:1 - error FILE_NOT_FOUND: There is no such file.
      Fix: Correct the entry path.",
    ]
  `);
});

test('the order is read back from a generated module, whatever the keys and comments say', () => {
  const schema = {
    name: 'A',
    comment: 'The columns: [columns.zzz];',
    columns: ['plain', "it's", '4x', 'say "so"', '__proto__', 'ünï'].map((jsonKey) => ({
      name: 'x',
      jsonKey,
      type: { kind: 'string' as const },
    })),
  };
  const distinct = { ...schema, columns: schema.columns.map((column, n) => ({ ...column, name: `c${n}` })) };
  const text = generateSchemaModule(distinct, { typeImport: { name: 'A', from: './a.js' } });
  expect(readCommittedColumns(text)?.columns.map(({ name }) => name)).toEqual(
    schema.columns.map(({ jsonKey }) => jsonKey),
  );
  expect(readCommittedColumns('export const x = 1;')).toBeUndefined();
});
