import type { GlueColumnFields, GlueTable } from './catalog-access.js';

const WIDTH = 20;

/** Returns the lines of a `DESCRIBE`: name, type and comment, each padded, with tabs between. */
export function describeTable(
  table: GlueTable,
  detail: 'none' | 'formatted' | 'extended',
): readonly string[] {
  const { StorageDescriptor: { Columns: columns = [] } = {}, PartitionKeys: keys = [] } = table;
  const header = line('# col_name            ', 'data_type', 'comment');
  const partitions =
    keys.length === 0 ? [] : [BLANK, '# Partition Information\t \t ', header, BLANK, ...keys.map(columnLine)];
  if (detail === 'formatted') {
    return [header, BLANK, ...columns.map(columnLine), ...partitions, BLANK, ...formatted(table)];
  }
  const plain = [...columns, ...keys].map(columnLine);
  return detail === 'none'
    ? [...plain, ...partitions]
    : [...plain, ...partitions, BLANK, `Detailed Table Information\t${JSON.stringify(table)}\t`];
}

const BLANK = '\t \t ';

function line(...parts: readonly string[]): string {
  return parts.map((part) => part.padEnd(WIDTH)).join('\t');
}

function columnLine({ Name, Type, Comment = '' }: GlueColumnFields): string {
  return line(Name, Type, Comment);
}

function formatted(table: GlueTable): readonly string[] {
  const { StorageDescriptor: storage = {}, Parameters: parameters = {} } = table;
  const serde = storage.SerdeInfo ?? {};
  const pair = (name: string, value: string): string => `${name.padEnd(WIDTH)}\t${value.padEnd(WIDTH)}\t `;
  const inner = (entries: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(entries)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `\t${key.padEnd(WIDTH)}\t${value.padEnd(WIDTH)}`);
  return [
    '# Detailed Table Information\t \t ',
    pair('Database:', table.DatabaseName),
    pair('Owner:', table.Owner ?? 'hadoop'),
    pair('CreateTime:', hiveTime(table.CreateTime)),
    pair('LastAccessTime:', 'UNKNOWN'),
    pair('Protect Mode:', 'None'),
    pair('Retention:', String(table.Retention ?? 0)),
    pair('Location:', storage.Location ?? ''),
    pair('Table Type:', table.TableType ?? ''),
    'Table Parameters:\t \t ',
    ...inner(parameters),
    BLANK,
    '# Storage Information\t \t ',
    pair('SerDe Library:', serde.SerializationLibrary ?? ''),
    pair('InputFormat:', storage.InputFormat ?? ''),
    pair('OutputFormat:', storage.OutputFormat ?? ''),
    pair('Compressed:', 'No'),
    pair('Num Buckets:', '-1'),
    pair('Bucket Columns:', '[]'),
    pair('Sort Columns:', '[]'),
    ...(Object.keys(serde.Parameters ?? {}).length === 0
      ? []
      : ['Storage Desc Params:\t \t ', ...inner(serde.Parameters ?? {})]),
  ];
}

/** `Thu Nov 26 10:00:00 UTC 2026` */
function hiveTime(seconds: number | undefined): string {
  if (seconds === undefined) return 'UNKNOWN';
  const [day = '', date = '', month = '', year = '', time = ''] = new Date(seconds * 1000)
    .toUTCString()
    .replace(',', '')
    .split(' ');
  return `${day} ${month} ${date} ${time} UTC ${year}`;
}
