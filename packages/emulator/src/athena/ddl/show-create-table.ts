import type { GlueColumnFields, GlueTable } from './catalog-access.js';

/** Returns the lines of the statement that creates a table, as Athena shows them. */
export function showCreateTable(table: GlueTable): readonly string[] {
  const { StorageDescriptor: storage = {}, PartitionKeys: keys = [], Parameters: parameters = {} } = table;
  const { SerializationLibrary: serde = '', Parameters: serdeProperties = {} } = storage.SerdeInfo ?? {};
  const properties = Object.entries(parameters)
    .filter(([key]) => key !== 'EXTERNAL')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `CREATE EXTERNAL TABLE \`${table.DatabaseName}.${table.Name}\`(`,
    ...columnLines(storage.Columns ?? []),
    ...(table.Description === undefined ? [] : [`COMMENT ${text(table.Description)}`]),
    ...(keys.length === 0 ? [] : ['PARTITIONED BY ( ', ...columnLines(keys)]),
    'ROW FORMAT SERDE ',
    `  ${text(serde)} `,
    ...(Object.keys(serdeProperties).length === 0
      ? []
      : ['WITH SERDEPROPERTIES ( ', ...propertyLines(Object.entries(serdeProperties), ') ')]),
    'STORED AS INPUTFORMAT ',
    `  ${text(storage.InputFormat ?? '')} `,
    'OUTPUTFORMAT ',
    `  ${text(storage.OutputFormat ?? '')}`,
    'LOCATION',
    `  ${text(storage.Location ?? '')}`,
    ...(properties.length === 0 ? [] : ['TBLPROPERTIES (', ...propertyLines(properties, ')')]),
  ];
}

function columnLines(columns: readonly GlueColumnFields[]): readonly string[] {
  return columns.map(({ Name, Type, Comment }, index) => {
    const comment = Comment === undefined || Comment === '' ? '' : ` COMMENT ${text(Comment)}`;
    return `  \`${Name}\` ${Type}${comment}${index === columns.length - 1 ? ')' : ', '}`;
  });
}

function propertyLines(entries: readonly (readonly [string, string])[], end: string): readonly string[] {
  return entries.map(
    ([key, value], index) => `  ${text(key)}=${text(value)}${index === entries.length - 1 ? end : ', '}`,
  );
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

function text(value: string): string {
  const inside = value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll(/[\n\t\r]/g, (one) => escapes[one] ?? one);
  return `'${inside}'`;
}
