import { checkOptions, listOf, type OptionRules, text } from '@store/foundation';
import { generateEncoder } from '../codegen/generate-encoder.js';
import { generateValidator, typeImportRule } from '../codegen/generate-validator.js';
import { invalidOption } from '../errors.js';
import type { Column, ColumnType, TableSchema } from '../table-schema.js';
import { toGlueColumns } from '../to-glue-columns.js';
import { toJsonSchema } from '../to-json-schema.js';
import { memberStep } from './walk/site.js';
import { access, camelCase, Code, literal, stringLiteral } from './type-script-text.js';
import { checkSchema } from '../check-arguments.js';

/** Where a generated module finds the type that it is about. */
export interface TypeImport {
  /** Name of the type. */
  readonly name: string;
  /** Module that exports it, as the generated module imports it. */
  readonly from: string;
}

/** What `generateSchemaModule` needs beside the manifest. */
export interface SchemaModuleOptions {
  /** The TypeScript type that the manifest was made from, and the module that exports it. */
  readonly typeImport: TypeImport;
  /** `stated` of the emission: paths that are left out of the proof. @defaultValue none */
  readonly stated?: readonly string[];
  /** Where the module imports `ColumnsOf` from. @defaultValue '@store/glue-schema' */
  readonly library?: string;
  /** Name of the package that exports the modules: with it, their documentation has examples. @defaultValue none */
  readonly packageName?: string;
}

const schemaModuleRules: OptionRules<SchemaModuleOptions> = {
  typeImport: typeImportRule,
  stated: listOf(text()),
  library: text('the name of a module'),
  packageName: text('the name of a package'),
};

/** One module to be committed beside the type. */
export interface GeneratedModule {
  /** Part of the file's name. */
  readonly kind: 'schema' | 'validator' | 'encoder' | 'json-schema';
  /** TypeScript source. */
  readonly text: string;
}

/**
 * Every module that is made from a manifest: columns with their proof, validator, byte encoder, JSON Schema.
 *
 * @example
 * ```ts
 * import { writeFileSync } from 'node:fs';
 * import { emitSchema, generateModules } from '@store/glue-schema/compiler';
 *
 * const { schema, stated } = emitSchema({ entry: 'src/order.ts', type: 'Order' });
 * if (schema !== undefined) {
 *   const typeImport = { name: 'Order', from: './order.js' };
 *   for (const { kind, text } of generateModules(schema, { typeImport, stated })) {
 *     writeFileSync(`src/order.${kind}.generated.ts`, text);
 *   }
 * }
 * ```
 */
export function generateModules(
  schema: TableSchema,
  options: SchemaModuleOptions,
): readonly GeneratedModule[] {
  checkOptions(options, schemaModuleRules, invalidOption);
  const { typeImport, packageName } = options;
  const named = { typeImport, ...(packageName === undefined ? {} : { packageName }) };
  return [
    { kind: 'schema', text: generateSchemaModule(schema, options) },
    { kind: 'validator', text: generateValidator(schema, named) },
    { kind: 'encoder', text: generateEncoder(schema, named) },
    { kind: 'json-schema', text: generateJsonSchemaModule(schema, options) },
  ];
}

/** TypeScript source of a module that exports the JSON Schema (2020-12) of an event on the wire. */
function generateJsonSchemaModule(schema: TableSchema, options: SchemaModuleOptions): string {
  const { typeImport, library = '@store/glue-schema' } = options;
  return [
    `import type { JsonSchema } from ${stringLiteral(library)};`,
    '',
    `/** JSON Schema (2020-12) of \`${typeImport.name}\` on the wire. */`,
    `export const ${camelCase(schema.name)}JsonSchema: JsonSchema = ${literal(toJsonSchema(schema, { target: 'draft-2020-12' }))};`,
    '',
  ].join('\n');
}

/**
 * TypeScript source of a module that exports the manifest as `<name>Schema` and the Glue columns as
 * `<name>Columns`, with the proof that both still match the type: the columns of every struct are written
 * by JSON key and held against `ColumnsOf`, so that drift fails `tsc`.
 *
 * @example
 * ```ts
 * import { writeFileSync } from 'node:fs';
 * import { emitSchema, generateSchemaModule } from '@store/glue-schema/compiler';
 *
 * const { schema, stated } = emitSchema({ entry: 'src/order.ts', type: 'Order' });
 * if (schema !== undefined) {
 *   const typeImport = { name: 'Order', from: './order.js' };
 *   writeFileSync('src/order.schema.generated.ts', generateSchemaModule(schema, { typeImport, stated }));
 * }
 * ```
 */
export function generateSchemaModule(schema: TableSchema, options: SchemaModuleOptions): string {
  checkSchema(schema);
  checkOptions(options, schemaModuleRules, invalidOption);
  const { typeImport, library = '@store/glue-schema', stated = [] } = options;
  const proof: Proof = { constants: [], closedSets: [], stated: new Set(stated) };
  const columns = proveFields(proof, 'columns', schema.columns, typeImport.name, schema.name);
  const names = [
    'ColumnsOf',
    'GlueColumn',
    ...(proof.closedSets.length > 0 ? ['SameValues'] : []),
    'TableSchema',
  ];
  return [
    `import type { ${names.join(', ')} } from ${stringLiteral(library)};`,
    `import type { ${typeImport.name} } from ${stringLiteral(typeImport.from)};`,
    '',
    ...proof.constants,
    ...(proof.closedSets.length > 0 ? [...proof.closedSets, ''] : []),
    `/** Manifest of {@link ${typeImport.name}}: columns in their committed order. */`,
    `export const ${camelCase(schema.name)}Schema: TableSchema = ${literal({ ...schema, columns })};`,
    '',
    `/** Glue columns of {@link ${typeImport.name}}, as the AWS console, CLI and API take them. */`,
    `export const ${camelCase(schema.name)}Columns: readonly GlueColumn[] = ${literal(toGlueColumns(schema))};`,
    '',
  ].join('\n');
}

interface Proof {
  /** Source of each proof, structs before what holds them. */
  readonly constants: string[];
  /** Source of the proof of each closed set of values. */
  readonly closedSets: string[];
  readonly stated: ReadonlySet<string>;
}

/** Writes the proof of these columns, after those of the structs inside; gives the list in order. */
function proveFields(
  proof: Proof,
  constant: string,
  columns: readonly Column[],
  type: string,
  path: string,
): readonly Code[] {
  const keys: string[] = [];
  // Of a union of records, the proof knows that each key is one of it, and no more.
  const isUnion = proof.stated.has(path);
  const written = columns.map((column): [string, unknown] => {
    const key = column.jsonKey ?? column.name;
    const inner = path + memberStep(key);
    keys.push(key);
    if (isUnion || proof.stated.has(inner)) return [key, column];
    const step = `NonNullable<${type}[${stringLiteral(key)}]>`;
    return [key, { ...column, type: proveType(proof, constant, key, column.type, step, inner) }];
  });
  const stated = isUnion ? keys : statedKeys(proof, path);
  const proven = stated.length === 0 ? type : `${type}, ${stated.map(stringLiteral).join(' | ')}`;
  proof.constants.push(
    `const ${constant} = ${literal(Object.fromEntries(written))} as const satisfies ColumnsOf<${proven}>;`,
    '',
  );
  return keys.map((key) => new Code(access(constant, key)));
}

/** Keys right under a path that a tag states, ignored ones too. */
function statedKeys({ stated }: Proof, path: string): readonly string[] {
  return [...stated].flatMap((each) => {
    if (!each.startsWith(path)) return [];
    const rest = each.slice(path.length);
    if (/^\.[^.[{]+$/u.test(rest)) return [rest.slice(1)];
    return /^\["(?:[^"\\]|\\.)*"\]$/u.test(rest) ? [parseKey(rest)] : [];
  });
}

function parseKey(step: string): string {
  const key: unknown = JSON.parse(step.slice(1, -1));
  return typeof key === 'string' ? key : '';
}

function proveType(
  proof: Proof,
  constant: string,
  key: string,
  type: ColumnType,
  typeText: string,
  path: string,
): unknown {
  switch (type.kind) {
    case 'struct': {
      if (proof.stated.has(path)) return type;
      const name = uniqueName(proof.constants, constant, key);
      return { kind: 'struct', fields: proveFields(proof, name, type.fields, typeText, path) };
    }
    case 'array': {
      const element = `NonNullable<${typeText}[number]>`;
      return { ...type, element: proveType(proof, constant, key, type.element, element, `${path}[]`) };
    }
    case 'map': {
      const value = `NonNullable<${typeText}[keyof ${typeText}]>`;
      return { ...type, value: proveType(proof, constant, key, type.value, value, `${path}{}`) };
    }
    default: {
      const values = 'values' in type ? (type.values ?? []) : [];
      if (values.length > 0 && !proof.stated.has(path)) {
        const written = values.map((value) => stringLiteral(String(value))).join(' | ');
        proof.closedSets.push(`true satisfies SameValues<${typeText}, ${written}>;`);
      }
      return type;
    }
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
