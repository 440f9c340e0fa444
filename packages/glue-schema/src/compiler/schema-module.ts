import type { Column, ColumnType, TableSchema } from '../table-schema.js';
import { glueColumns } from './glue-columns.js';
import { access, camelCase, Code, literal, stringLiteral } from './type-script-text.js';

/** Where a generated module finds the type that it is about. */
export interface TypeImport {
  readonly name: string;
  readonly from: string;
}

/**
 * TypeScript source of a module that exports the manifest as `<name>Schema`, with the proof that it still
 * matches the type: every struct's fields are written by JSON key and held against `ColumnsOf`.
 */
export function generateSchemaModule(
  schema: TableSchema,
  options: { readonly typeImport: TypeImport; readonly library?: string },
): string {
  const { typeImport, library = '@store/glue-schema' } = options;
  const proofs: string[] = [];
  const columns = proveFields(proofs, 'columns', schema.columns, typeImport.name);
  return [
    `import type { ColumnsOf, GlueColumn, TableSchema } from ${stringLiteral(library)};`,
    `import type { ${typeImport.name} } from ${stringLiteral(typeImport.from)};`,
    '',
    ...proofs,
    `/** Manifest of {@link ${typeImport.name}}: columns in their committed order. */`,
    `export const ${camelCase(schema.name)}Schema: TableSchema = ${literal({ ...schema, columns })};`,
    '',
    `/** Glue columns of {@link ${typeImport.name}}, as the AWS console, CLI and API take them. */`,
    `export const ${camelCase(schema.name)}Columns: readonly GlueColumn[] = ${literal(glueColumns(schema))};`,
    '',
  ].join('\n');
}

/** Writes one proof for these columns, after those of the structs inside; gives the list in order. */
function proveFields(
  proofs: string[],
  constant: string,
  columns: readonly Column[],
  type: string,
): readonly Code[] {
  const written = columns.map((column): [string, unknown] => {
    const key = column.jsonKey ?? column.name;
    const step = `NonNullable<${type}[${stringLiteral(key)}]>`;
    return [key, { ...column, type: proveType(proofs, constant, key, column.type, step) }];
  });
  proofs.push(
    `const ${constant} = ${literal(Object.fromEntries(written))} as const satisfies ColumnsOf<${type}>;`,
    '',
  );
  return written.map(([key]) => new Code(access(constant, key)));
}

function proveType(
  proofs: string[],
  constant: string,
  key: string,
  type: ColumnType,
  typeText: string,
): unknown {
  switch (type.kind) {
    case 'struct': {
      const name = uniqueName(proofs, constant, key);
      return { kind: 'struct', fields: proveFields(proofs, name, type.fields, typeText) };
    }
    case 'array':
      return {
        ...type,
        element: proveType(proofs, constant, key, type.element, `NonNullable<${typeText}[number]>`),
      };
    case 'map':
      return {
        ...type,
        value: proveType(proofs, constant, key, type.value, `NonNullable<${typeText}[keyof ${typeText}]>`),
      };
    default:
      return type;
  }
}

function uniqueName(proofs: readonly string[], parent: string, key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/u).filter((word) => word !== '');
  const capitals = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  const base = camelCase(`${parent === 'columns' ? '' : parent.replace(/Fields\d*$/u, '')}${capitals}Fields`);
  const start = /^[A-Za-z]/u.test(base) ? base : `field${base}`;
  let name = start;
  for (let n = 2; proofs.some((proof) => proof.startsWith(`const ${name} =`)); n++) name = `${start}${n}`;
  return name;
}
