import { GlueSchemaError, parseGlueType } from '@store/glue-schema';

interface TypedColumn {
  readonly Name: string;
  readonly Type: string;
}

/**
 * Why the first of these columns cannot be read: Glue holds any text as a type, such as `integer` or
 * `struct<a-b:string>`, and Athena and Firehose fail at it. `undefined` where every type is one of Hive's.
 */
export function unreadType(columns: readonly TypedColumn[]): string | undefined {
  for (const { Name, Type } of columns) {
    const why = misread(Type);
    if (why !== undefined)
      return `the type '${Type.slice(0, 200)}' of the column '${Name}' is not served: ${why}`;
  }
  return undefined;
}

function misread(type: string): string | undefined {
  try {
    parseGlueType(type);
    return undefined;
  } catch (error) {
    if (error instanceof GlueSchemaError) return error.message;
    throw error;
  }
}
