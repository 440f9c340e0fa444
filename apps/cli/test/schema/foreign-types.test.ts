import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SchemaOutput, SchemaSource } from '../../src/schema/flags.js';
import { runSchemaAdopt } from '../../src/schema/run-schema-adopt.js';
import { runSchemaCheck, runSchemaEmit } from '../../src/schema/run-schema-emit.js';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'schema-foreign-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

class Captured implements SchemaOutput {
  out = '';
  err = '';

  stdout(text: string): void {
    this.out += text;
  }

  stderr(text: string): void {
    this.err += text;
  }
}

const source: Omit<SchemaSource, 'cwd'> = { entry: 'order.ts', type: 'Order' };
const write = (text: string): void => {
  writeFileSync(join(cwd, 'order.ts'), text);
};
const mixed = 'export interface Order { id: string; value: string | number; keyed: { "a-b": string } }\n';

test('adopt proposes a map with which emit gives columns, and check sees when the map changes', () => {
  write(mixed);
  const adopted = new Captured();
  expect(runSchemaAdopt({ ...source, cwd, out: 'order.map.json' }, adopted)).toBe(0);
  expect(adopted.err).toBe('written: order.map.json, 2 places. Read it, then pass it with --map.\n');
  expect(JSON.parse(readFileSync(join(cwd, 'order.map.json'), 'utf8'))).toEqual({
    overrides: { 'Order.value': 'json', 'Order.keyed': 'json' },
  });
  const emission = { ...source, cwd, map: 'order.map.json', out: '.' };
  const emitted = new Captured();
  expect(runSchemaEmit(emission, emitted), emitted.err).toBe(0);
  expect(runSchemaCheck(emission, new Captured())).toBe(0);
  writeFileSync(
    join(cwd, 'order.map.json'),
    '{ "overrides": { "Order.value": "omit", "Order.keyed": "json" } }',
  );
  const checked = new Captured();
  expect(runSchemaCheck(emission, checked)).toBe(1);
  expect(checked.out).toContain("path: 'Order.value', as: 'omit'");
});

test('--unmappable decides without a file', () => {
  write(mixed);
  const output = new Captured();
  expect(runSchemaEmit({ ...source, cwd, unmappable: 'json' }, output)).toBe(0);
  expect(JSON.parse(output.out)).toEqual([
    { Name: 'id', Type: 'string' },
    { Name: 'value', Type: 'string' },
    { Name: 'keyed', Type: 'string' },
  ]);
});

test('a map that is not there, or is no JSON, says so with its name', () => {
  write(mixed);
  expect(() => runSchemaEmit({ ...source, cwd, map: 'nowhere.json' }, new Captured())).toThrow(
    'There is no file nowhere.json.',
  );
  writeFileSync(join(cwd, 'broken.json'), '{');
  expect(() => runSchemaEmit({ ...source, cwd, map: 'broken.json' }, new Captured())).toThrow(
    'broken.json is no map',
  );
});

test('at most 50 diagnostics are printed, on a screen of lines, and all on request', () => {
  write(
    `export interface Order {\n${Array.from({ length: 60 }, (_, n) => `  f${n}: string | number;\n`).join('')}}\n`,
  );
  const short = new Captured();
  expect(runSchemaEmit({ ...source, cwd }, short)).toBe(1);
  const lines = short.err.trimEnd().split('\n');
  expect(lines.filter((line) => line.includes('UNION_MIXED: Order.f'))).toHaveLength(50);
  expect(lines.at(-1)).toBe('and 10 more: --all prints every one in full.');
  expect(lines.length).toBeLessThanOrEqual(60);
  const all = new Captured();
  runSchemaEmit({ ...source, cwd, all: true }, all);
  expect(all.err.match(/UNION_MIXED/gu)).toHaveLength(60);
  const json = new Captured();
  runSchemaEmit({ ...source, cwd, json: true }, json);
  expect(JSON.parse(json.err)).toMatchObject({ diagnostics: { length: 60 } });
});
