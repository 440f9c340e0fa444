import type { TableSchema } from '../table-schema.js';
import { toGlueColumns } from '../to-glue-columns.js';
import type { WireRule } from '../wire-rules.js';
import { fastCheck } from './fast-check.js';
import { camelCase, literal } from './source-text.js';
import { wireFieldsOf } from './wire-rules-of.js';

/** Settings of the code generators. */
export interface CodegenOptions {
  /** The TypeScript type that the generated code is about, and the module that exports it. */
  readonly typeImport: { readonly name: string; readonly from: string };
}

/**
 * The text of a TypeScript module with `is<Name>`, `validate<Name>` and `<name>StandardSchema`.
 *
 * The validator accepts exactly what Firehose's OpenX conversion stores unchanged.
 */
export function generateValidator(schema: TableSchema, options: CodegenOptions): string {
  toGlueColumns(schema); // throws where the schema itself is unfit
  const { name, from } = options.typeImport;
  const fields = wireFieldsOf(schema.columns);
  const fast = fastCheck(fields, 'event');
  const values = ['findIssues', 'toStandardSchema', ...fast.imports].sort();
  return `// Generated from ${name} by @store/glue-schema: change the type, not this file.
import {
${values.map((value) => `  ${value},`).join('\n')}
  type StandardSchema,
  type ValidationResult,
  type WireField,
} from '@store/glue-schema';
import type { ${name} } from ${literal(from)};

const fields: readonly WireField[] = [
${fields.map(([key, rule, presence]) => `  [${[literal(key), ruleText(rule), ...(presence === undefined ? [] : [literal(presence)])].join(', ')}],`).join('\n')}
];

// True for nearly every value without issues; what it turns down is looked at again, field by field.
function fits(event: unknown): event is ${name} {
  return (
    ${fast.expression}
  );
}

/** True for a value that Firehose stores unchanged as {@link ${name}}. */
export function is${name}(value: unknown): value is ${name} {
  return fits(value) || findIssues(fields, value).length === 0;
}

/** Checks a value against {@link ${name}}, and tells everything that is wrong with it. */
export function validate${name}(value: unknown): ValidationResult<${name}> {
  if (fits(value)) return { ok: true, value };
  const issues = findIssues(fields, value);
  // No issue means that every field has its type.
  return issues.length === 0 ? { ok: true, value: value as ${name} } : { ok: false, issues };
}

/** {@link validate${name}} as a Standard Schema. */
export const ${camelCase(name)}StandardSchema: StandardSchema<${name}> = toStandardSchema(validate${name});
`;
}

function ruleText(rule: WireRule): string {
  return JSON.stringify(rule);
}
