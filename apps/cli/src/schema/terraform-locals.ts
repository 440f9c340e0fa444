import {
  toFirehoseConversion,
  toTableInput,
  type GlueColumn,
  type PartitionProjection,
  type TableSchema,
} from '@store/glue-schema';
import { partitionByTime, type EventPartitioning } from '@store/schema';
import { CliError } from '../terminal/errors.js';

/** What the locals are made of beside the schema. */
export interface TerraformOptions {
  /** The command line that prints it, as the person types it. */
  readonly command: string;
  /** `s3://bucket/prefix/` of the table. */
  readonly location: string;
  /** A column with an ISO instant, and how long a partition is: `placed_at:hour`. */
  readonly partitionBy?: string;
}

/** A value as HCL has it. */
type HclValue = string | boolean | null | readonly HclValue[] | { readonly [name: string]: HclValue };

/**
 * What a Terraform module needs of a type, as one `locals` block under the table's name: columns, keys and parameters of
 * `aws_glue_catalog_table`, and prefix, jq query and key mappings of `aws_kinesis_firehose_delivery_stream`. All of it is
 * from the functions that the CDK constructs use; `terraform fmt` changes nothing.
 *
 * @throws CliError `USAGE` where the column of `partitionBy` cannot partition
 */
export function terraformLocals(
  schema: TableSchema,
  { command, location, partitionBy }: TerraformOptions,
): string {
  const prefix = location.replace(/^s3:\/\/[^/]*\//, '');
  const byTime = partitionBy === undefined ? undefined : timePartitioning(schema, partitionBy, prefix);
  const table = toTableInput(schema, { location, ...(byTime === undefined ? {} : projected(byTime)) });
  const { OpenXJsonSerDe: mappings } = openx(schema);
  const { StorageDescriptor: storage, PartitionKeys: keys } = table;
  const delivery =
    byTime === undefined
      ? keyDelivery(schema, keys, prefix)
      : { prefix: byTime.prefix, query: byTime.query, error_output_prefix: byTime.errorPrefix };
  const locals: HclValue = {
    [table.Name]: {
      name: table.Name,
      description: table.Description ?? null,
      parameters: { ...table.Parameters },
      partition_keys: keys.map(columnOf),
      columns: storage.Columns.map(columnOf),
      location: storage.Location,
      input_format: storage.InputFormat,
      output_format: storage.OutputFormat,
      serialization_library: storage.SerdeInfo.SerializationLibrary,
      serde_parameters: { ...storage.SerdeInfo.Parameters },
      delivery: { ...delivery, column_to_json_key_mappings: { ...mappings.ColumnToJsonKeyMappings } },
    },
  };
  return `# Printed by \`${command}\`. Change the type, then print again.\nlocals {\n${attributes(locals, '  ')}\n}\n`;
}

function timePartitioning(schema: TableSchema, asked: string, prefix: string): EventPartitioning {
  const [, name = '', by = 'hour'] = /^([^:]*)(?::(hour|day))?$/.exec(asked) ?? [];
  const column = schema.columns.find((candidate) => candidate.name === name);
  if (column?.type.kind !== 'timestamp' || column.type.wire !== 'iso') {
    throw new CliError(
      'USAGE',
      `Expected --partition-by to name a column that travels as ISO text, such as event_time:hour or event_time:day, got "${asked}".`,
    );
  }
  return partitionByTime({ key: column.jsonKey ?? name, prefix, by: by === 'day' ? 'day' : 'hour' });
}

function projected({ key, projection }: EventPartitioning): {
  readonly partitionKeys: readonly [{ readonly name: string; readonly type: string }];
  readonly projection: PartitionProjection;
} {
  return { partitionKeys: [{ name: key, type: 'string' }], projection: { keys: { [key]: projection } } };
}

/** By the columns marked `@partitionKey`, as they are sent; none where there are none. */
function keyDelivery(
  schema: TableSchema,
  keys: readonly GlueColumn[],
  prefix: string,
): Readonly<Record<string, HclValue>> {
  const jsonKeyOf = (name: string): string =>
    schema.columns.find((column) => column.name === name)?.jsonKey ?? name;
  const pairs = keys.map(({ Name: name }) => `${JSON.stringify(name)}:.[${JSON.stringify(jsonKeyOf(name))}]`);
  return {
    prefix: `${prefix}${keys.map(({ Name: name }) => `${name}=!{partitionKeyFromQuery:${name}}/`).join('')}`,
    query: pairs.length === 0 ? null : `{${pairs.join(',')}}`,
    error_output_prefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/',
  };
}

/** How Firehose reads the JSON: the names of database, table and role are the module's. */
function openx(schema: TableSchema): {
  readonly OpenXJsonSerDe: { readonly ColumnToJsonKeyMappings?: Readonly<Record<string, string>> };
} {
  const { Deserializer: read } = toFirehoseConversion(schema, {
    databaseName: '',
    tableName: '',
    roleArn: '',
  }).InputFormatConfiguration;
  return 'OpenXJsonSerDe' in read ? read : { OpenXJsonSerDe: {} };
}

const columnOf = ({ Name: name, Type: type, Comment: comment }: GlueColumn): HclValue => ({
  name,
  type,
  comment: comment ?? null,
});

/** The members of an object, a line each; the equals signs of lines that follow each other are aligned. */
function attributes(members: Readonly<Record<string, HclValue>>, indent: string): string {
  const written = Object.entries(members).map(([name, value]) => ({
    name: /^[A-Za-z_][\w-]*$/.test(name) ? name : text(name),
    value: expression(value, indent),
  }));
  const isLong = (at: number): boolean => written[at]?.value.includes('\n') ?? true;
  return written
    .map(({ name, value }, at) => {
      if (isLong(at)) return `${indent}${name} = ${value}`;
      let [first, last] = [at, at];
      while (!isLong(first - 1)) first--;
      while (!isLong(last + 1)) last++;
      const width = Math.max(...written.slice(first, last + 1).map((line) => line.name.length));
      return `${indent}${name.padEnd(width)} = ${value}`;
    })
    .join('\n');
}

function expression(value: HclValue, indent: string): string {
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value === 'boolean') return String(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => `${inner}${onOneLine(item)},`).join('\n')}\n${indent}]`;
  }
  if (Object.keys(value).length === 0) return '{}';
  return `{\n${attributes(value, inner)}\n${indent}}`;
}

function onOneLine(value: HclValue): string {
  if (value === null || typeof value !== 'object') return expression(value, '');
  if (isList(value)) return `[${value.map(onOneLine).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${name} = ${onOneLine(member)}`)
    .join(', ')} }`;
}

const isList = (value: HclValue): value is readonly HclValue[] => Array.isArray(value);

/** A quoted template of HCL: as JSON, without its two escapes that HCL lacks, and with nothing to be filled in. */
const text = (value: string): string =>
  JSON.stringify(value)
    .replaceAll(/(?<!\\)((?:\\\\)*)\\([bf])/g, (_, before: string, escape: string) => {
      return `${before}${escape === 'b' ? String.raw`\u0008` : String.raw`\u000c`}`;
    })
    .replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
