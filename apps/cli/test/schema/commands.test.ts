import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runSchemaCheck, runSchemaEmit } from '../../src/schema/run-schema-emit.js';
import { runSchemaDdl } from '../../src/schema/run-schema-print.js';
import { runSchemaExplain } from '../../src/schema/run-schema-explain.js';
import type { SchemaOutput } from '../../src/schema/flags.js';
import { runStore } from '../terminal.js';

const order = `/** What was ordered. */
export interface Order {
  /** Who ordered. */
  id: string;
  paid: boolean;
  lines: { sku: string; count: number }[];
}
export interface Broken { value: string | number }
`;

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'schema-commands-'));
  writeFileSync(join(cwd, 'order.ts'), order);
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

const source = (type = 'Order'): { entry: string; type: string; cwd: string } => ({
  entry: 'order.ts',
  type,
  cwd,
});

describe('store schema emit', () => {
  test('prints the column JSON that the AWS console and CLI accept', () => {
    const output = new Captured();
    expect(runSchemaEmit(source(), output)).toBe(0);
    expect(JSON.parse(output.out)).toEqual([
      { Name: 'id', Type: 'string', Comment: 'Who ordered.' },
      { Name: 'paid', Type: 'boolean' },
      { Name: 'lines', Type: 'array<struct<sku:string,count:double>>' },
    ]);
    expect(output.err).toBe('');
  });

  test('says what is wrong as tsc does, and how to settle it', () => {
    const output = new Captured();
    expect(runSchemaEmit(source('Broken'), output)).toBe(1);
    expect(output.out).toBe('');
    expect(output.err).toMatchInlineSnapshot(`
      "order.ts:8:27 - error UNION_MIXED: Broken.value: The union number | string mixes types that no one column holds.
        Fix: Choose one type, or keep the value as JSON text with Json<…>.
      "
    `);
  });

  test.runIf(process.platform === 'linux')('ends where the file system takes no folder', async () => {
    const args = ['schema', 'emit', '--entry', 'order.ts', '--type', 'Order', '--out', '/proc/none/of/these'];
    const { code, stderr } = await runStore(args, { cwd });
    expect([code, stderr.split('\n', 1)]).toEqual([1, ['Error: No folder can be made there: /proc/none.']]);
  });

  test('gives diagnostics as JSON on request', () => {
    const output = new Captured();
    runSchemaEmit({ ...source('Broken'), json: true }, output);
    expect(JSON.parse(output.err)).toMatchObject({
      diagnostics: [{ code: 'UNION_MIXED', file: 'order.ts' }],
    });
  });

  test('writes modules to a folder once, and not again while nothing changed', () => {
    const first = new Captured();
    expect(runSchemaEmit({ ...source(), out: 'generated' }, first)).toBe(0);
    expect(first.err.split('\n').filter((line) => line.startsWith('written'))).toHaveLength(4);
    const second = new Captured();
    runSchemaEmit({ ...source(), out: 'generated' }, second);
    expect(second.err).toBe('');
  });

  test('keeps the committed order and appends a new column, wherever it is in the type', () => {
    runSchemaEmit({ ...source(), out: '.' }, new Captured());
    writeFileSync(join(cwd, 'order.ts'), order.replace('  /** Who', '  fresh: string;\n  /** Who'));
    runSchemaEmit({ ...source(), out: '.' }, new Captured());
    const module = readFileSync(join(cwd, 'order.schema.generated.ts'), 'utf8');
    expect(module).toContain('columns: [columns.id, columns.paid, columns.lines, columns.fresh]');
  });
});

describe('store schema check', () => {
  test('passes while the modules are what the type gives', () => {
    runSchemaEmit({ ...source(), out: '.' }, new Captured());
    const output = new Captured();
    expect(runSchemaCheck({ ...source(), out: '.' }, output)).toBe(0);
    expect(output).toMatchObject({ out: '', err: '' });
  });

  test('shows the lines that drifted, with file and line', () => {
    runSchemaEmit({ ...source(), out: '.' }, new Captured());
    writeFileSync(join(cwd, 'order.ts'), order.replace('paid: boolean', 'paid: string'));
    const output = new Captured();
    expect(runSchemaCheck({ ...source(), out: '.' }, output)).toBe(1);
    expect(output.out).toContain('--- order.schema.generated.ts:');
    expect(output.out).toContain("-  paid: { name: 'paid', type: { kind: 'boolean' } },");
    expect(output.out).toContain("+  paid: { name: 'paid', type: { kind: 'string' } },");
  });
});

describe('store schema explain', () => {
  test('tells the whole way of one nested column', () => {
    const output = new Captured();
    expect(runSchemaExplain({ ...source(), column: 'lines.count' }, output)).toBe(0);
    expect(output.out).toMatchInlineSnapshot(`
      "column    count
      Glue      double
      wire      number
      DuckDB    DOUBLE
      nullable  no
      "
    `);
  });

  test('names the columns that there are', () => {
    const output = new Captured();
    expect(runSchemaExplain({ ...source(), column: 'nope' }, output)).toBe(2);
    expect(output.err).toContain('choose one of id, paid, lines');
  });
});

describe('--json and --quiet', () => {
  test('standard output is one JSON document, whatever the command prints otherwise', () => {
    const run = (work: (output: SchemaOutput) => number): unknown => {
      const output = new Captured();
      work(output);
      return JSON.parse(output.out);
    };
    const json = { ...source(), json: true };
    expect(run((output) => runSchemaEmit({ ...json, format: 'duckdb' }, output))).toEqual({
      duckdb: expect.stringContaining('"paid" BOOLEAN') as string,
    });
    expect(run((output) => runSchemaDdl({ ...json, location: 's3://lake/' }, output))).toEqual({
      ddl: expect.stringContaining('CREATE EXTERNAL TABLE') as string,
    });
    expect(run((output) => runSchemaEmit({ ...json, out: '.' }, output))).toMatchObject({
      written: { length: 4 },
    });
    expect(run((output) => runSchemaCheck({ ...json, out: '.' }, output))).toEqual({ drifted: [] });
    writeFileSync(join(cwd, 'order.ts'), order.replace('paid: boolean', 'paid: string'));
    expect(run((output) => runSchemaCheck({ ...json, out: '.' }, output))).toMatchObject({
      drifted: [
        { file: 'order.schema.generated.ts', diff: expect.stringContaining('+  paid:') as string },
        {},
        {},
        {},
      ],
    });
  });

  test('quiet leaves out notes and what was written', () => {
    writeFileSync(join(cwd, 'order.ts'), 'export interface Order { id: string; send(): void }');
    const noted = new Captured();
    runSchemaEmit(source(), noted);
    expect(noted.err).not.toBe('');
    const quiet = new Captured();
    runSchemaEmit({ ...source(), quiet: true, out: '.' }, quiet);
    expect(quiet.err).toBe('');
  });
});
