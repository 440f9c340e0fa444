import { any, integer, list, map, structure, text, type Shape } from '../wire/shape.js';
import { invalid } from './glue-answers.js';
import type { Fields, Tags } from './glue-state.js';

/** Longest name, in characters and in bytes; source: Glue API reference (Column, TableInput), read 2026-11. */
const maxNameLength = 255;
const maxPartitionKeys = 100;
/** What Glue takes for one line of text: no line feed, no carriage return. */
const singleLine = '[\\u0020-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}\\t]*';

/** A name of a database, table or version. */
export const nameText: Shape<string> = text(1, maxNameLength, singleLine);
/** An expression that chooses among names or partitions. */
export const expressionText: Shape<string> = text(undefined, 2048);

/** A name as Glue stores it: folded to lower case. */
export function folded(name: string, field: string): string {
  if (Buffer.byteLength(name) > maxNameLength) {
    throw invalid(`Expected \`${field}\` to be at most ${maxNameLength} bytes of UTF-8`);
  }
  return name.toLowerCase();
}

/** Tags of one resource; source: Glue API reference (TagsMap), read 2026-11. */
export const MOST_TAGS = 50;

/** Name of a tag. */
export const tagKey: Shape<string> = text(1, 128);
/** Tags of a request. */
export const tagMap: Shape<Tags> = map(text(0, 256), tagKey);

/** Refuses more tags than a resource may have. */
export function checkTags(tags: Tags): Tags {
  if (Object.keys(tags).length <= MOST_TAGS) return tags;
  throw invalid(`Expected at most ${MOST_TAGS} tags of one resource, got ${Object.keys(tags).length}`);
}

/** A column of a table. */
interface ColumnInput {
  readonly Name: string;
  readonly Type: string;
  readonly Comment?: string;
}

const column: Shape<ColumnInput> = structure(
  { Name: nameText, Type: text(1, 131_072), Comment: text(undefined, 255, singleLine) },
  ['Name', 'Type'],
);

/** The members of a `TableInput` that this endpoint looks into; the others are kept as they come. */
export interface TableInput {
  readonly Name: string;
  readonly Retention?: number;
  readonly PartitionKeys?: readonly ColumnInput[];
  readonly StorageDescriptor?: {
    readonly Columns?: readonly ColumnInput[];
    readonly SchemaReference?: unknown;
  };
}

const tableMembers = {
  Name: nameText,
  Description: text(undefined, 2048),
  Owner: any,
  LastAccessTime: any,
  LastAnalyzedTime: any,
  Retention: integer(0),
  StorageDescriptor: structure({
    Columns: list(column),
    Location: text(undefined, 2056),
    SchemaReference: any,
    SortColumns: list(structure({ Column: text() }, ['Column'])),
  }),
  PartitionKeys: list(column, undefined, maxPartitionKeys),
  ViewOriginalText: any,
  ViewExpandedText: any,
  TableType: text(undefined, 255),
  Parameters: map(text()),
  TargetTable: any,
  ViewDefinition: any,
};

/** `TableInput` */
export const tableInput: Shape<TableInput> = structure(tableMembers, ['Name']);

/** Checks what no shape can say of a `TableInput`: its members, names and types; gives its fields. */
export function tableFrom(input: TableInput): { readonly name: string; readonly fields: Fields } {
  const name = folded(input.Name, 'Name');
  const known = Object.keys(tableMembers);
  // Glue refuses all others, which `Table` has and callers copy by mistake.
  const unknown = Object.keys(input).find((field) => !known.includes(field));
  if (unknown !== undefined) {
    throw invalid(`Unknown parameter in TableInput: "${unknown}", must be one of: ${known.join(', ')}`);
  }
  const { PartitionKeys: keys = [], StorageDescriptor: storage = {} } = input;
  const { Columns: columns = [], SchemaReference: reference } = storage;
  if (reference !== undefined && columns.length > 0) {
    throw invalid('Both SchemaReference and Columns are populated, only one of them should be populated.');
  }
  // Any text is a type to Glue; what reads the table fails at one that is none.
  const names = [...columns, ...keys].map(({ Name }) => folded(Name, 'Name'));
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice !== undefined) throw invalid(`Column "${twice}" appears twice among columns and partition keys`);
  for (const { Name, Type } of keys) {
    if (/[<(]/.test(Type.replace(/\([0-9, ]*\)/, ''))) {
      throw invalid(`Expected partition key "${Name.toLowerCase()}" to be of a primitive type, got ${Type}`);
    }
  }
  return { name, fields: { ...input } };
}
