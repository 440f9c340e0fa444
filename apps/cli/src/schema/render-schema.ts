import { toDuckDbColumns, toGlueColumns, toTableInput, type TableSchema } from '@store/glue-schema';
import { generateEncoder, generateSchemaModule, generateValidator } from '@store/glue-schema/compiler';
import type { SchemaFormat } from './flags.js';
import { terraformLocals } from './terraform-locals.js';

/** What a rendering needs beside the schema. */
export interface RenderOptions {
  /** The command line that prints it, as the person types it. */
  readonly command: string;
  /** Where a generated module imports the type from. */
  readonly from: string;
  readonly stated: readonly string[];
  /** `s3://bucket/prefix/` of a table. */
  readonly location?: string;
  /** `column:hour` or `column:day`, of Terraform's table. */
  readonly partitionBy?: string;
}

/** A schema in one of the formats, as text that ends with a line break. */
export function renderSchema(schema: TableSchema, format: SchemaFormat, options: RenderOptions): string {
  const { command, stated, from, location = 's3://BUCKET/PREFIX/', partitionBy } = options;
  const typeImport = { name: schema.name, from };
  switch (format) {
    case 'glue':
      return json(toGlueColumns(schema));
    case 'manifest':
      return json(schema);
    case 'table-input':
      return json(toTableInput(schema, { location }));
    case 'terraform':
      return terraformLocals(schema, {
        command,
        location,
        ...(partitionBy === undefined ? {} : { partitionBy }),
      });
    case 'duckdb':
      return `${toDuckDbColumns(schema)
        // Quoted, since a column may be named `order` or `end`.
        .map(({ name, type }) => `"${name.replaceAll('"', '""')}" ${type}`)
        .join(',\n')}\n`;
    case 'module':
      return generateSchemaModule(schema, { typeImport, stated });
    case 'validator':
      return generateValidator(schema, { typeImport });
    case 'encoder':
      return generateEncoder(schema, { typeImport });
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
