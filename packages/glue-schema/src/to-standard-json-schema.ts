import { GlueSchemaError } from './errors.js';
import type { TableSchema } from './table-schema.js';
import { type JsonSchema, toJsonSchema } from './to-json-schema.js';
import { checkSchema } from './check-arguments.js';

/** The Standard JSON Schema interface (standardschema.dev, version 1). */
export interface StandardJsonSchemaSource {
  /** Property that the standard prescribes: version, vendor, and the converters. */
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly jsonSchema: {
      readonly input: (options: { readonly target: string }) => JsonSchema;
      readonly output: (options: { readonly target: string }) => JsonSchema;
    };
  };
}

/**
 * Wraps the manifest as a Standard JSON Schema, for tools that take one. It stands apart from the generated
 * validator, whose bundle stays small.
 *
 * @throws GlueSchemaError `UNSUPPORTED` when a tool asks for a target that {@link toJsonSchema} does not write
 *
 * @example
 * ```ts
 * import { toStandardJsonSchema, type TableSchema } from '@store/glue-schema';
 *
 * const schema: TableSchema = { name: 'Shelf', columns: [{ name: 'stock', type: { kind: 'int' } }] };
 * const source = toStandardJsonSchema(schema);
 * console.log(source['~standard'].jsonSchema.input({ target: 'draft-2020-12' }).type); // object
 * ```
 */
export function toStandardJsonSchema(schema: TableSchema): StandardJsonSchemaSource {
  checkSchema(schema);
  const jsonSchema = ({ target }: { readonly target: string }): JsonSchema => {
    if (target === 'draft-07' || target === 'draft-2020-12') return toJsonSchema(schema, { target });
    throw new GlueSchemaError(
      'UNSUPPORTED',
      `Expected \`target\` to be draft-07 or draft-2020-12, got "${target}"`,
      { target },
    );
  };
  // What is validated is what comes out, so that both are one.
  const both = { input: jsonSchema, output: jsonSchema };
  return { '~standard': { version: 1, vendor: '@store/glue-schema', jsonSchema: both } };
}
