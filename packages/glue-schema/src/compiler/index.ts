export { emitSchema, emitSchemas } from './emit-schema.js';
export type { EmitSchemaOptions, EmitSchemaResult, EmitSchemasOptions } from './emit-schema.js';
export { formatDiagnostic } from './diagnostic.js';
export type { SchemaDiagnostic, SchemaDiagnosticCode } from './diagnostic.js';
export type { NameStyle } from './walk/site.js';
export { generateSchemaModule } from './schema-module.js';
export type { SchemaModuleOptions, TypeImport } from './schema-module.js';
