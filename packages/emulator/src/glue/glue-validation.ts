import { GlueSchemaError, parseGlueType } from '@store/glue-schema';
import type { JsonInput } from '../json-input.js';
import { invalid } from './glue-error.js';
import type { Fields } from './glue-state.js';

/** Limits of the Glue Data Catalog; source: Glue API reference (Column, TableInput), read 2026-11. */
const maxNameLength = 255;
const maxPartitionKeys = 100;

/** What Glue takes for one line of text: no line feed, no carriage return. */
const singleLine = /^[\u0020-\ud7ff\ue000-\ufffd\ud800-\udfff\t]*$/;

/** A name of a database, table or version, folded to lower case as Glue stores it. */
export function nameOf(input: JsonInput, field: string): string {
  return checkName(input.string(field, { min: 1, max: maxNameLength }), field).toLowerCase();
}

function checkName(name: string, field: string): string {
  if (!singleLine.test(name)) {
    throw invalid(
      `1 validation error detected: Value at '${field}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*`,
    );
  }
  if (Buffer.byteLength(name) > maxNameLength) {
    throw invalid(`Expected \`${field}\` to be at most ${maxNameLength} bytes of UTF-8`);
  }
  return name;
}

/** Fields of a `TableInput`; Glue refuses all others, which `Table` has and callers copy by mistake. */
const tableFields: ReadonlySet<string> = new Set(
  'Name Description Owner LastAccessTime LastAnalyzedTime Retention StorageDescriptor PartitionKeys ViewOriginalText ViewExpandedText TableType Parameters TargetTable ViewDefinition'.split(
    ' ',
  ),
);

/** Checks a `TableInput`, its names and its types, and gives its fields. */
export function tableInputOf(input: JsonInput): { readonly name: string; readonly fields: Fields } {
  const name = nameOf(input, 'Name');
  for (const field of input.names()) {
    if (!tableFields.has(field)) {
      throw invalid(
        `Unknown parameter in TableInput: "${field}", must be one of: ${[...tableFields].join(', ')}`,
      );
    }
  }
  const storage = input.optionalObject('StorageDescriptor');
  const columns = columnsOf(storage?.optionalObjects('Columns') ?? []);
  const keys = columnsOf(input.optionalObjects('PartitionKeys', { max: maxPartitionKeys }) ?? []);
  requireUnique([...columns, ...keys].map(({ name: column }) => column));
  for (const { name: key, type } of keys) {
    if (/[<(]/.test(type.replace(/\([0-9, ]*\)/, ''))) {
      throw invalid(`Expected partition key "${key}" to be of a primitive type, got ${type}`);
    }
  }
  storage?.optionalString('Location', { max: 2056 });
  for (const sorted of storage?.optionalObjects('SortColumns') ?? []) sorted.string('Column');
  input.optionalStringMap('Parameters');
  input.optionalInteger('Retention', { min: 0 });
  input.optionalString('Description', { max: 2048 });
  input.optionalString('TableType', { max: 255 });
  return { name, fields: fieldsOf(input) };
}

/** The fields as they came, for what is stored without being read. */
export function fieldsOf(input: JsonInput): Fields {
  return Object.fromEntries(input.names().map((field) => [field, input.raw(field)]));
}

interface ColumnInput {
  readonly name: string;
  readonly type: string;
}

function columnsOf(columns: readonly JsonInput[]): readonly ColumnInput[] {
  return columns.map((column) => {
    const name = checkName(column.string('Name', { min: 1, max: maxNameLength }), 'Name');
    const comment = column.optionalString('Comment', { max: 255 });
    if (comment !== undefined) checkName(comment, 'Comment');
    const type = column.string('Type', { min: 1, max: 131_072 });
    checkType(name, type);
    return { name: name.toLowerCase(), type };
  });
}

// The real service stores any text; Athena and Firehose then fail, hours later and far from the cause.
function checkType(name: string, type: string): void {
  try {
    parseGlueType(type);
  } catch (error) {
    if (!(error instanceof GlueSchemaError)) throw error;
    throw invalid(`Column "${name}" has a type that Athena and Firehose cannot read: ${error.message}`);
  }
}

function requireUnique(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw invalid(`Column "${name}" stands twice among columns and partition keys`);
    seen.add(name);
  }
}
