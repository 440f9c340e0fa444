import { readFileSync } from 'node:fs';
import {
  type Column,
  toDuckDbColumns,
  toGlueColumns,
  toJsonSchema,
  toParquetSchema,
} from '@store/glue-schema';
import { emitSchemas, type SchemaDiagnostic } from '@store/glue-schema/compiler';
import typescript from 'typescript';
import { fixture } from './compilers.js';
import { expected } from './edge-cases.expected.js';

/** docs/type-mapping.md, made from the code: every row is emitted from the type that it shows. */
export function typeMappingPage(): string {
  return `<!-- Made by packages/glue-schema/test/compiler/type-mapping.test.ts from the code. UPDATE=1 writes it again. -->

# How TypeScript types become columns

Every row is what \`emitSchema\` gives for the type on its left, and what the other formats make of it.

| TypeScript | Glue | JSON on the wire | Parquet | DuckDB | Note |
|---|---|---|---|---|---|
${mappingRows().join('\n')}

## What has no honest column

Never a guess: each of these is an error with its place in the file, its path inside the type, and one way out.

| Code | TypeScript | Message | Fix |
|---|---|---|---|
${refusalRows().join('\n')}

## Tags in JSDoc

For types that cannot be edited, in the comment above a property:

| Tag | Effect |
|---|---|
| \`@glueType decimal(10,2)\` | the column's Glue type; \`@glueType json\` keeps any JSON as text |
| \`@wire iso\`, \`epoch_s\`, \`epoch_ms\` | how a timestamp travels |
| \`@glueName unit_price\` | the column's name, where the property's own will not do (top level only) |
| \`@renamedFrom old_name\` | the column's earlier name: a rename instead of a removal and an addition |
| \`@partitionKey\` | the table is partitioned by it; the value is in the path |
| \`@flatten\` | nothing any more: a union of objects is one struct, with what not all of them have optional |
| \`@glueIgnore\` | no column |

## Decisions from outside

A type of npm cannot be edited. \`emitSchema({ map })\` and \`store schema … --map FILE\` take decisions about its parts:

\`\`\`json
{
  "overrides": { "Order.lines[].sub": "json", "Quantity": "json", "Order.total": "decimal(10,2)" },
  "unmappable": "error"
}
\`\`\`

A key is a place as diagnostics print it (\`Order.lines[].sub\`, \`Order.attrs{}\`), the name of a declared type, or a place
from such a type (\`Leaf.bad\`: that member of every \`Leaf\`). A value is a Glue type, \`json\`, \`omit\` or \`flatten\`. The place
comes before the name, the name before a tag, and \`unmappable\` decides about what is left. A key that fits nothing is an
error. \`store schema adopt\` proposes such a file, and the manifest records what was decided.
`;
}

function mappingRows(): readonly string[] {
  const entry = fixture('type-mapping.ts');
  const [result] = emit(entry, ['TypeMapping']);
  const schema = result?.schema;
  if (schema === undefined) throw new Error(JSON.stringify(result?.diagnostics));
  const glue = toGlueColumns(schema);
  const parquet = toParquetSchema(schema);
  const duckDb = toDuckDbColumns(schema);
  return schema.columns.map((column, index) =>
    row([
      code(sourceOf(entry, column.name)),
      code(glue[index]?.Type ?? ''),
      wire(column),
      code(parquetText(parquet[index])),
      code(duckDb[index]?.type ?? ''),
      column.comment ?? '',
    ]),
  );
}

/** One row for each code, from the first type of the fixture that has it. */
function refusalRows(): readonly string[] {
  const entry = fixture('edge-cases.ts');
  const names = Object.keys(expected).filter((name) => name !== 'default');
  const first = new Map<string, SchemaDiagnostic>();
  for (const { diagnostics } of emit(entry, names))
    for (const diagnostic of diagnostics)
      if (diagnostic.severity === 'error' && !first.has(diagnostic.code))
        first.set(diagnostic.code, diagnostic);
  const lines = readFileSync(entry, 'utf8').split('\n');
  return [...first.values()]
    .filter(({ line }) => line > 1)
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code: id, line, message, fix }) =>
      row([code(id), code((lines[line - 1] ?? '').trim().replace(/[;{]$/u, '')), message, fix]),
    );
}

const emit = (entry: string, names: readonly string[]): ReturnType<typeof emitSchemas> =>
  emitSchemas({
    entry,
    types: names.map((type) => ({ type })),
    tsconfig: fixture('tsconfig.json'),
    typescript,
  });

function sourceOf(file: string, property: string): string {
  const found = new RegExp(`^  (${property}\\??: .*);$`, 'mu').exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return found.startsWith(`${property}?`) ? found.slice(property.length) : found.slice(property.length + 2);
}

function wire(column: Column): string {
  const schema = toJsonSchema({ name: 'x', columns: [column] }, { target: 'draft-2020-12' });
  const { properties } = schema as { properties: Record<string, Record<string, unknown>> };
  const { type, format, enum: values, anyOf } = properties[column.name] ?? {};
  if (Array.isArray(values)) return `one of ${values.map((value) => code(JSON.stringify(value))).join(', ')}`;
  const choices: readonly { type?: unknown }[] = Array.isArray(anyOf) ? anyOf : [{ type }];
  const kinds = [...new Set(choices.map((choice) => choice.type).filter((kind) => typeof kind === 'string'))];
  if (kinds.length === 0) return 'any JSON';
  return typeof format === 'string' ? `${kinds.join(' or ')}, ${format}` : kinds.join(' or ');
}

function parquetText(field: ReturnType<typeof toParquetSchema>[number] | undefined): string {
  if (field?.physicalType === undefined) return field?.logicalType ?? 'group';
  return field.logicalType === undefined ? field.physicalType : `${field.physicalType} ${field.logicalType}`;
}

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);
