import { generateEncoder } from '../codegen/generate-encoder.js';
import { generateValidator } from '../codegen/generate-validator.js';
import type { TableSchema } from '../table-schema.js';
import { generateJsonSchemaModule } from './json-schema-module.js';
import { generateSchemaModule, type SchemaModuleOptions } from './schema-module.js';

/** One module to be committed beside the type. */
export interface GeneratedModule {
  /** `schema`, `validator` or `encoder`: part of the file's name. */
  readonly kind: 'schema' | 'validator' | 'encoder' | 'json-schema';
  /** TypeScript source. */
  readonly text: string;
}

/** Every module that is made from a manifest: columns with their proof, validator, byte encoder, JSON Schema. */
export function generateModules(
  schema: TableSchema,
  options: SchemaModuleOptions,
): readonly GeneratedModule[] {
  const { typeImport } = options;
  return [
    { kind: 'schema', text: generateSchemaModule(schema, options) },
    { kind: 'validator', text: generateValidator(schema, { typeImport }) },
    { kind: 'encoder', text: generateEncoder(schema, { typeImport }) },
    { kind: 'json-schema', text: generateJsonSchemaModule(schema, options) },
  ];
}
