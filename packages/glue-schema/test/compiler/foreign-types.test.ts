import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  emitSchema,
  type EmitSchemaResult,
  formatDiagnostic,
  proposeMap,
  type SchemaMap,
} from '@store/glue-schema/compiler';
import { toGlueColumns } from '../../src/index.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foreign-types-'));
  mkdirSync(join(folder, 'node_modules/foreign'), { recursive: true });
  writeFileSync(
    join(folder, 'node_modules/foreign/package.json'),
    '{ "name": "foreign", "types": "index.d.ts" }',
  );
  writeFileSync(
    join(folder, 'node_modules/foreign/index.d.ts'),
    `export type Quantity = string | number;
export interface Limits { cpu?: Quantity; memory?: Quantity; gpu: Quantity[] }
export interface Pod { name: string; limits: Limits; requests: Limits; meta: { 'request-id': string } }
`,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
function entryOf(text: string): string {
  const entry = join(folder, `types-${(files += 1)}.ts`);
  writeFileSync(entry, text);
  return entry;
}

const emit = (text: string, type: string, map?: SchemaMap): EmitSchemaResult =>
  emitSchema({ entry: entryOf(text), type, ...(map === undefined ? {} : { map }) });

const columns = ({ schema }: EmitSchemaResult): readonly string[] =>
  (schema === undefined ? [] : toGlueColumns(schema)).map(({ Name, Type }) => `${Name} ${Type}`);

/** Interfaces that all lead to all others: without a memory, their paths are their permutations. */
function circle(size: number): string {
  const names = Array.from({ length: size }, (_, n) => `I${n}`);
  return names
    .map(
      (name) =>
        `export interface ${name} { n: string; ${names.map((other) => (other === name ? '' : `to${other}?: ${other};`)).join(' ')} }\n`,
    )
    .join('');
}

/** Levels that each hold the next one twice. */
const doubled =
  Array.from({ length: 18 }, (_, n) => `export interface L${n} { a: L${n + 1}; b: L${n + 1} }\n`).join('') +
  'export interface L18 { v: string }\n';

describe('a type that leads to many others ends', () => {
  test.each([8, 10, 40])('with one diagnostic for each of %i types that close a circle', (size) => {
    const { diagnostics } = emit(circle(size), 'I0');
    expect(diagnostics.map(({ code }) => code)).toEqual(Array.from({ length: size - 1 }, () => 'RECURSIVE'));
    expect(new Set(diagnostics.map(({ line }) => line)).size).toBe(size - 1);
  });

  test('and as text every circle has columns', () => {
    const result = emit(circle(10), 'I0', { unmappable: 'json' });
    expect(result.diagnostics).toEqual([]);
    expect(columns(result)).toHaveLength(10);
  });

  test('a large circle is two levels deep, the same wherever it stands', () => {
    const text = `${circle(20)}export interface Outside { a: I3; b: { c: I3 } }`;
    const ofType = (own: number, toField: (n: number) => string): string =>
      `struct<n:string,${Array.from({ length: 20 }, (_, n) => n)
        .filter((n) => n !== own)
        .map((n) => `toi${n}:${toField(n)}`)
        .join(',')}>`;
    const struct = ofType(3, (n) => ofType(n, () => 'string'));
    expect(columns(emit(text, 'Outside', { unmappable: 'json' }))).toEqual([
      `a ${struct}`,
      `b struct<c:${struct}>`,
    ]);
    expect(columns(emit(text, 'I0', { unmappable: 'json' }))[1]).toBe(`toi1 ${ofType(1, () => 'string')}`);
  });

  test('with one diagnostic where its text passes what Glue takes, and one level as text', () => {
    const { diagnostics } = emit(doubled, 'L0');
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual(['TYPE_TOO_LONG L0.a.a.a.a.a']);
    const asText = emit(doubled, 'L0', { unmappable: 'json' });
    expect(asText.schema?.decisions?.map(({ path, as }) => `${path} ${as}`)).toEqual([
      'L0.a.a.a.a.a json',
      'L0.a.a.a.a.b json',
    ]);
  });

  test('where a generic grows with each level', () => {
    const text = 'export interface Nest<T = string> { v: T; next?: Nest<T[]>; other?: Nest<{ x: T }> }';
    expect(emit(text, 'Nest').diagnostics.map(({ code }) => code)).toEqual(['RECURSIVE']);
  });

  test('where it leads into the DOM', () => {
    const text = 'export interface Page { root: HTMLElement; styles: CSSStyleDeclaration; box: DOMRect }';
    const { diagnostics } = emit(text, 'Page');
    expect(diagnostics.map(({ code }) => code)).toEqual(['NOT_SERIALISABLE', 'NOT_SERIALISABLE', 'ANY']);
    expect(diagnostics[2]?.message).toContain('toJSON returns');
  });
});

test('a cause that many paths lead to is printed once', () => {
  const text = `export interface Leaf { bad: string | number }
export interface Three { a: Leaf; b: Leaf; c: Leaf[] }`;
  expect(emit(text, 'Three').diagnostics.map(formatDiagnostic).join('\n')).toContain(
    'error UNION_MIXED: Three.a.bad (reached by 3 paths): The union number | string mixes types',
  );
});

describe('a mapping from outside', () => {
  const order = `export interface Sub { value: string | number }
export interface Order { id: string; lines: { sub: string | number; other: Sub }[]; attrs: Record<string, Sub>; count: number }`;
  const map = (overrides: Record<string, string>): SchemaMap => ({ overrides });

  test('decides by place, before a declared name, before a tag', () => {
    const result = emit(
      `export interface Sub { value: string }
/** Of a place. */
export interface Order {
  a: Sub;
  b: Sub;
  /** @glueType json */
  c: Sub;
  d: { value: string };
}`,
      'Order',
      map({ 'Order.a': 'omit', Sub: 'json', 'Order.d.value': 'varchar(20)' }),
    );
    expect(columns(result)).toEqual(['b string', 'c string', 'd struct<value:varchar(20)>']);
    expect(result.schema?.decisions).toEqual([
      { path: 'Order.a', as: 'omit' },
      { path: 'Order.b', as: 'json', paths: 2 },
      { path: 'Order.d.value', as: 'varchar(20)' },
    ]);
  });

  test('reaches into arrays, maps and every instance of a declared type', () => {
    expect(
      columns(
        emit(order, 'Order', map({ 'Order.lines[].sub': 'json', 'Sub.value': 'json', 'Order.count': 'int' })),
      ),
    ).toEqual([
      'id string',
      'lines array<struct<sub:string,other:struct<value:string>>>',
      'attrs map<string,struct<value:string>>',
      'count int',
    ]);
    expect(columns(emit(order, 'Order', map({ 'Order.lines[]': 'json', 'Order.attrs{}': 'json' })))).toEqual([
      'id string',
      'lines array<string>',
      'attrs map<string,string>',
      'count double',
    ]);
  });

  test('makes text of all else, or leaves it out', () => {
    expect(columns(emit(order, 'Order', { unmappable: 'json' }))[1]).toBe(
      'lines array<struct<sub:string,other:struct<value:string>>>',
    );
    expect(columns(emit(order, 'Order', { unmappable: 'omit' }))).toEqual(['id string', 'count double']);
  });

  test('takes the smallest part that can be text', () => {
    const text = `export interface Order { keyed: { meta: { 'a-b': string }; fine: string }; f: () => void }`;
    expect(columns(emit(text, 'Order', { unmappable: 'json' }))).toEqual([
      'keyed struct<meta:string,fine:string>',
    ]);
  });

  test('a key that fits nothing is an error that names it, and so is a value that is no type', () => {
    const { schema, diagnostics } = emit(order, 'Order', {
      unmappable: 'json',
      overrides: { 'Order.lins[].sub': 'json', 'Order.count': 'integer', 'a b': 'json' },
    });
    expect(schema).toBeUndefined();
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'MAP_INVALID Order.count',
      'MAP_INVALID a b',
      'MAP_UNUSED Order.lins[].sub',
    ]);
    expect(diagnostics[0]?.message).toContain('"int" for "integer"');
  });

  test('a type that does not hold the values is refused', () => {
    const { diagnostics } = emit(order, 'Order', { unmappable: 'json', overrides: { 'Order.id': 'int' } });
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual(['TAG_CONFLICT Order.id']);
  });
});

describe('a type in node_modules', () => {
  const entry = (): string => entryOf("export type { Pod } from 'foreign';");

  test('has few causes, and ways out that can be followed from where the reader stands', () => {
    const { diagnostics } = emitSchema({ entry: entry(), type: 'Pod' });
    expect(diagnostics.map(({ code, path, paths, fix }) => ({ code, path, paths, fix }))).toEqual([
      {
        code: 'UNION_MIXED',
        path: 'Pod.limits.cpu',
        paths: 6,
        fix: 'Write "Quantity": "json" under "overrides" in a file, and pass it with --map; `store schema adopt` writes such a file.',
      },
      {
        code: 'NAME_INVALID',
        path: 'Pod.meta["request-id"]',
        paths: undefined,
        fix: 'Write "Pod.meta": "json" under "overrides" in a map file, and pass it with --map: no nested name can be mapped.',
      },
    ]);
  });

  test('gets a proposed mapping, with which it has columns', () => {
    const proposed = proposeMap({ entry: entry(), type: 'Pod' });
    expect(proposed).toEqual({
      map: { overrides: { Quantity: 'json', 'Pod.meta': 'json' } },
      diagnostics: [],
    });
    expect(columns(emitSchema({ entry: entry(), type: 'Pod', map: proposed.map }))).toEqual([
      'name string',
      'limits struct<cpu:string,memory:string,gpu:array<string>>',
      'requests struct<cpu:string,memory:string,gpu:array<string>>',
      'meta string',
    ]);
  });
});
