import { checkOptions, type OptionRules, text as textRule } from '@store/foundation';
import { invalidOption } from './errors.js';
import type { GlueColumn, GlueType } from './glue-type.js';
import { parseGlueType } from './parse-glue-type.js';
import { type TableInputOptions, tableInputRules } from './table-input.js';
import type { TableSchema } from './table-schema.js';
import { toTableInput } from './to-table-input.js';

/** Settings of {@link toAthenaDdl}: those of the table, and where it is created. */
export interface AthenaDdlOptions extends TableInputOptions {
  /**
   * Glue database.
   *
   * @defaultValue the query's own database
   */
  readonly databaseName?: string;
}

const athenaDdlRules: OptionRules<AthenaDdlOptions> = { ...tableInputRules, databaseName: textRule() };

/**
 * The `CREATE EXTERNAL TABLE` statement of the same table that {@link toTableInput} describes, for Athena.
 *
 * @throws GlueSchemaError when Athena could not read the table.
 *
 * @example
 * ```ts
 * import { type TableSchema, toAthenaDdl } from '@store/glue-schema';
 *
 * const order: TableSchema = {
 *   name: 'Order',
 *   columns: [
 *     { name: 'order_id', type: { kind: 'string' } },
 *     { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
 *   ],
 * };
 * console.log(toAthenaDdl(order, { location: 's3://lake/orders/', databaseName: 'shop' }));
 * ```
 */
export function toAthenaDdl(schema: TableSchema, options: AthenaDdlOptions): string {
  checkOptions(options, athenaDdlRules, invalidOption);
  const { databaseName, ...tableOptions } = options;
  const table = toTableInput(schema, tableOptions);
  const { StorageDescriptor: storage, PartitionKeys: keys } = table;
  const name = [...(databaseName === undefined ? [] : [databaseName]), table.Name];
  const parameters = Object.entries(table.Parameters).filter(([key]) => key !== 'EXTERNAL');
  return `${[
    `CREATE EXTERNAL TABLE IF NOT EXISTS ${name.map(identifier).join('.')} (`,
    storage.Columns.map(columnLine).join(',\n'),
    ')',
    ...(table.Description === undefined ? [] : [`COMMENT ${text(table.Description)}`]),
    ...(keys.length === 0 ? [] : ['PARTITIONED BY (', keys.map(columnLine).join(',\n'), ')']),
    ...storedAs(options.format ?? 'parquet', storage),
    `LOCATION ${text(storage.Location)}`,
    'TBLPROPERTIES (',
    parameters.map(([key, value]) => `  ${text(key)} = ${text(value)}`).join(',\n'),
    ')',
  ].join('\n')}\n`;
}

function storedAs(
  format: 'parquet' | 'json',
  storage: ReturnType<typeof toTableInput>['StorageDescriptor'],
): readonly string[] {
  if (format === 'parquet') return ['STORED AS PARQUET'];
  const properties = Object.entries(storage.SerdeInfo.Parameters);
  return [
    `ROW FORMAT SERDE ${text(storage.SerdeInfo.SerializationLibrary)}`,
    `WITH SERDEPROPERTIES (${properties.map(([key, value]) => `${text(key)} = ${text(value)}`).join(', ')})`,
    `STORED AS INPUTFORMAT ${text(storage.InputFormat)}`,
    `OUTPUTFORMAT ${text(storage.OutputFormat)}`,
  ];
}

function columnLine(column: GlueColumn): string {
  const comment = column.Comment === undefined ? '' : ` COMMENT ${text(column.Comment)}`;
  return `  ${identifier(column.Name)} ${ddlType(parseGlueType(column.Type))}${comment}`;
}

/** The type with its field names quoted: `timestamp` and the like are words of the grammar. */
function ddlType(type: GlueType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'char':
    case 'varchar':
      return `${type.kind}(${type.length})`;
    case 'array':
      return `array<${ddlType(type.element)}>`;
    case 'map':
      return `map<${ddlType(type.key)},${ddlType(type.value)}>`;
    case 'struct':
      return `struct<${type.fields.map((field) => `${identifier(field.name)}:${ddlType(field.type)}`).join(',')}>`;
    default:
      return type.kind;
  }
}

// Athena's DDL is Hive's: backticks around names, backslashes inside text.
const identifier = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const text = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
