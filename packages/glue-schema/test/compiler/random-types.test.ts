import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EmitSchemaResult, emitSchemas, generateModules } from '@store/glue-schema/compiler';
import { compilers, fixture } from './compilers.js';
import { typeChecks } from './type-check.js';

/** Source text of types that have a column, without imports, nested a few levels. */
const { type: typeText } = fc.letrec<{ type: string; leaf: string; struct: string }>((tie) => ({
  leaf: fc.constantFrom(
    'string',
    'number',
    'boolean',
    'bigint',
    'Date',
    "'a' | 'b'",
    '1 | 2 | 3000000000',
    '10n | 20n',
    '`x-${string}`',
    'Uppercase<string>',
    'string & { readonly brand: 1 }',
    'Color',
    'Level',
    '{ toJSON(): string }',
  ),
  struct: fc
    .array(fc.tuple(fc.constantFrom('', '?'), tie('type'), fc.boolean()), { minLength: 1, maxLength: 4 })
    .map(
      (fields) =>
        `{ ${fields.map(([mark, text, isNull], n) => `f${n}${mark}: ${isNull ? `(${text}) | null` : text};`).join(' ')} }`,
    ),
  type: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'type' },
    tie('leaf'),
    tie('struct'),
    tie('type').map((text) => `(${text})[]`),
    tie('type').map((text) => `readonly (${text} | null)[]`),
    tie('type').map((text) => `Record<string, ${text}>`),
    tie('struct').map((text) => `Partial<${text}>`),
    tie('struct').map((text) => `Omit<${text} & { gone: 1 }, 'gone'>`),
    tie('type').map((text) => `[${text}, ${text}]`),
  ),
}));

const declarations = `export enum Color { Red = 'red', Blue = 'blue' }\nexport enum Level { Low = 1, High = 3000000000 }\n`;

// Messages quote types as each compiler prints them.
const essence = (results: readonly EmitSchemaResult[] = []): string =>
  JSON.stringify(
    results.map(({ schema, diagnostics, stated }) => [
      schema,
      stated,
      diagnostics.map(({ code, path }) => code + path),
    ]),
  );

test('random types: three compilers give the same bytes, and every generated module type-checks, its proof too', () => {
  // Inside the package, so that the proofs find it by its name.
  const folder = mkdtempSync(join(fixture('.'), 'random-types-'));
  try {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(fc.constantFrom('', '?'), typeText), { minLength: 1, maxLength: 6 }), {
          minLength: 10,
          maxLength: 25,
        }),
        (types) => {
          const entry = join(folder, 'types.ts');
          const text = types
            .map(
              (fields, n) =>
                `export interface T${n} {\n${fields.map(([mark, type], f) => `  c${f}${mark}: ${type};`).join('\n')}\n}\n`,
            )
            .join('');
          writeFileSync(entry, declarations + text);
          const wanted = types.map((_, n) => ({ type: `T${n}` }));
          const [first, ...others] = compilers.map(({ typescript }) =>
            emitSchemas({ entry, types: wanted, typescript }),
          );
          for (const other of others) expect(essence(other)).toBe(essence(first));
          const files: Record<string, string> = { [entry]: declarations + text };
          for (const { schema, stated } of first ?? [])
            if (schema !== undefined) {
              const typeImport = { name: schema.name, from: './types.js' };
              for (const { kind, text } of generateModules(schema, { typeImport, stated }))
                files[join(folder, `${schema.name}.${kind}.ts`)] = text;
            }
          expect(typeChecks['TypeScript 6.0']?.(files)).toEqual([]);
        },
      ),
      // A program of many types is a fair sample; the seed is printed on failure.
      { numRuns: 3, endOnFailure: true },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
