import { fileURLToPath } from 'node:url';
import { emitJsonSchema, formatDiagnostic } from '@store/glue-schema/compiler';

/** A module that is committed, and what it must hold. */
export interface GeneratedModule {
  readonly file: string;
  readonly text: string;
}

/** Every generated module of the package. */
export function generatedModules(): readonly GeneratedModule[] {
  const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
  const { schema, diagnostics } = emitJsonSchema({
    entry: path('../src/mapping/document.ts'),
    type: 'MappingDocument',
    tsconfig: path('../tsconfig.json'),
  });
  if (schema === undefined) throw new Error(diagnostics.map(formatDiagnostic).join('\n'));
  const text = `// Emitted from ./document.ts by scripts/emit.ts. Change the type, then run \`npm run emit\`.
import type { JsonSchema } from '@store/glue-schema';

/** JSON Schema (2020-12) of {@link MappingDocument}. */
export const mappingDocumentJsonSchema: JsonSchema = ${JSON.stringify(schema, null, 2)};
`;
  return [{ file: path('../src/mapping/document.json-schema.generated.ts'), text }];
}
