import { checkOptions, nested, type OptionRule, type OptionRules, required, text } from '@store/foundation';
import { invalidOption } from '../errors.js';
import type { TableSchema } from '../table-schema.js';
import { toGlueColumns } from '../to-glue-columns.js';
import { FastCheck } from './fast-check.js';
import { exactPlan, LeastLength } from './least-length.js';
import { recordRule, valueText } from './rule-text.js';
import { camelCase, exampleText, importText, literal } from './source-text.js';

/** Settings of the code generators. */
export interface CodegenOptions {
  /** The TypeScript type that the generated code is about, and the module that exports it. */
  readonly typeImport: { readonly name: string; readonly from: string };
  /** Name of the package that exports the generated code: with it, the code's documentation has examples. */
  readonly packageName?: string;
}

const typeImportRules: OptionRules<CodegenOptions['typeImport']> = {
  name: required(text('the name of a type')),
  from: required(text('the name of a module')),
};

/** How `typeImport` is checked. */
export const typeImportRule: OptionRule = required(nested(typeImportRules));

/** How the settings are checked. */
export const codegenRules: OptionRules<CodegenOptions> = {
  typeImport: typeImportRule,
  packageName: text('the name of a package'),
};

/** Throws unless the settings of a code generator are right. */
export function checkCodegenOptions(options: CodegenOptions): void {
  checkOptions(options, codegenRules, invalidOption);
}

/**
 * The text of a TypeScript module with `is<Name>`, `validate<Name>`, `<name>StandardSchema` and `parse<Name>`.
 *
 * The validator accepts exactly what Firehose's OpenX conversion stores unchanged. The parser takes a text or bytes,
 * loses no digit of a `bigint` or `decimal` column, and says where in the text something is wrong.
 *
 * @example
 * ```ts
 * import type { TableSchema } from '@store/glue-schema';
 * import { generateValidator } from '@store/glue-schema/compiler';
 *
 * const order: TableSchema = { name: 'Order', columns: [{ name: 'order_id', type: { kind: 'string' } }] };
 * const text = generateValidator(order, { typeImport: { name: 'Order', from: './order.js' } });
 * console.log(text.includes('export function validateOrder')); // true
 * ```
 */
export function generateValidator(schema: TableSchema, options: CodegenOptions): string {
  checkCodegenOptions(options);
  toGlueColumns(schema); // throws where the schema itself is unfit
  const { name, from } = options.typeImport;
  const imports = new Set([
    'findIssues',
    'parseRecord',
    'toStandardSchema',
    'type ExactPlan',
    'type ParseResult',
    'type StandardSchema',
    'type ValidationResult',
    'type Wire',
  ]);
  const use = (helper: string): string => {
    imports.add(helper);
    return helper;
  };
  const lists: string[] = [];
  const list = (values: readonly (boolean | string | number)[]): string => {
    const text = `[${values.map(valueText).join(', ')}]`;
    if (!lists.includes(text)) lists.push(text);
    return `values${lists.indexOf(text) + 1}`;
  };
  const fast = new FastCheck(use, list);
  fast.addRecord(schema.columns, schema.variants, 'fits', `(event: unknown): event is Wire<${name}>`);
  const rule = recordRule(schema.columns, schema.variants, use, list, '');
  const least = new LeastLength(use, list);
  least.addRecord(schema.columns, schema.variants, 'least');
  const example = (helper: string, ...lines: string[]): string =>
    exampleText(options.packageName, [helper], ["const received: unknown = JSON.parse('{}');", ...lines]);
  return `// Generated from ${name} by @store/glue-schema: change the type, not this file.
${importText(imports)}
import type { ${name} } from ${literal(from)};

${lists.map((text, index) => `const values${index + 1}: ReadonlySet<unknown> = new Set(${text});\n`).join('')}
// True for nearly every right value; what it turns down is looked at again, field by field.
${fast.functions.join('\n')}
const rule = ${rule};

/**
 * Says whether Firehose stores a value unchanged as {@link ${name}}.${example(`is${name}`, `console.log(is${name}(received)); // false`)}
 */
export function is${name}(value: unknown): value is Wire<${name}> {
  return fits(value) || validate${name}(value).ok;
}

/**
 * Checks a value against {@link ${name}} and returns it, or everything that is wrong with it.${example(
   `validate${name}`,
   `const result = validate${name}(received);`,
   "if (!result.ok) for (const { code, path } of result.issues) console.log(code, path.join('.'));",
 )}
 */
export function validate${name}(value: unknown): ValidationResult<Wire<${name}>> {
  if (fits(value)) return { ok: true, value };
  const issues = findIssues(rule, value);
  // No issue means that every field has its type.
  return issues.length === 0 ? { ok: true, value: value as Wire<${name}> } : { ok: false, issues };
}

/** {@link validate${name}} as a Standard Schema. */
export const ${camelCase(name)}StandardSchema: StandardSchema<Wire<${name}>> = toStandardSchema(validate${name});

// The least length of a record's text; NaN for what is none.
${least.functions.join('\n')}
// Where a number keeps digits that a double would lose.
const exact: ExactPlan | undefined = ${exactPlan(schema.columns) ?? 'undefined'};

/**
 * Parses JSON and checks it against {@link ${name}} in one call, and loses no digit of a \`bigint\` or \`decimal\` column.
 * An issue says where it is: in characters of a text, in bytes of bytes.${exampleText(
   options.packageName,
   [`parse${name}`],
   [
     `const result = parse${name}('{}');`,
     'if (!result.ok) for (const { code, path, offset } of result.issues) console.log(code, path, offset);',
   ],
 )}
 */
export function parse${name}(text: string | Uint8Array): ParseResult<Wire<${name}>> {
  return parseRecord(text, least, fits, rule, exact);
}
`;
}
