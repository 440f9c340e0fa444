import { beforeAll, describe, expect, test } from 'vitest';
import { type EmitSchemaResult, emitSchemas } from '@store/glue-schema/compiler';
import { columnText } from './column-text.js';
import { compilers, fixture } from './compilers.js';
import { expected } from './edge-cases.expected.js';

const names = Object.keys(expected);
const entry = fixture('edge-cases.ts');

const inWords = ({ schema, diagnostics }: EmitSchemaResult): readonly string[] => [
  ...diagnostics.map(
    ({ code, severity, path, line, column }) => `${severity} ${code} at ${path} (${line}:${column})`,
  ),
  ...(schema?.columns.map(columnText) ?? []),
];

describe.each(compilers)('with $name', ({ typescript }) => {
  let results: readonly EmitSchemaResult[] = [];
  beforeAll(() => {
    const types = names.map((type) => ({ type }));
    results = emitSchemas({ entry, types, tsconfig: fixture('tsconfig.json'), typescript });
  });

  test.each(names.map((name, index) => ({ name, index })))('$name', ({ name, index }) => {
    const result = results[index];
    expect(result && inWords(result)).toEqual(expected[name]);
  });

  test('every diagnostic names the file, says what happened and one way out', () => {
    for (const { diagnostics } of results)
      for (const { file, message, fix } of diagnostics) {
        expect(file).toBe(entry);
        expect(message).toMatch(/^\S.*\.$/u);
        expect(fix).toMatch(/^[A-Z].*[.?]$/u);
      }
  });
});

test('all three compilers give the same manifests, byte for byte, and the same diagnostics', () => {
  const types = names.map((type) => ({ type }));
  const [first, ...others] = compilers.map(({ typescript }) =>
    JSON.stringify(emitSchemas({ entry, types, tsconfig: fixture('tsconfig.json'), typescript })),
  );
  for (const other of others) expect(other).toBe(first);
});
