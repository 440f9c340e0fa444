import type { TableSchema } from '../table-schema.js';
import { toJsonSchema } from '../to-json-schema.js';
import type { SchemaModuleOptions } from './schema-module.js';
import { camelCase, literal, stringLiteral } from './type-script-text.js';

/** TypeScript source of a module that exports the JSON Schema (2020-12) of an event on the wire. */
export function generateJsonSchemaModule(schema: TableSchema, options: SchemaModuleOptions): string {
  const { typeImport, library = '@store/glue-schema' } = options;
  return [
    `import type { JsonSchema } from ${stringLiteral(library)};`,
    '',
    `/** JSON Schema (2020-12) of \`${typeImport.name}\` on the wire. */`,
    `export const ${camelCase(schema.name)}JsonSchema: JsonSchema = ${literal(toJsonSchema(schema, { target: 'draft-2020-12' }))};`,
    '',
  ].join('\n');
}
