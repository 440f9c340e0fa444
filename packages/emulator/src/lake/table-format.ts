import type { CatalogTable } from './table-catalog.js';

/** How the files of a table are read, or why they are not. */
export type TableFormat =
  | { readonly kind: 'parquet' | 'json' | 'csv' | 'delimited' }
  | { readonly kind: 'unread'; readonly why: string };

const readers: ReadonlyMap<string, 'parquet' | 'json' | 'csv' | 'delimited'> = new Map([
  ['org.apache.hadoop.hive.ql.io.parquet.serde.parquethiveserde', 'parquet'],
  ['org.openx.data.jsonserde.jsonserde', 'json'],
  ['org.apache.hive.hcatalog.data.jsonserde', 'json'],
  ['org.apache.hadoop.hive.serde2.jsonserde', 'json'],
  ['org.apache.hadoop.hive.serde2.opencsvserde', 'csv'],
  ['org.apache.hadoop.hive.serde2.lazy.lazysimpleserde', 'delimited'],
]);

const INSTEAD =
  'write the data STORED AS PARQUET, or over OpenCSVSerde, LazySimpleSerDe, or a JSON SerDe, which are read';

/** Returns how a table's files are read: its SerDe and its input format decide, whatever else it says of itself. */
export function tableFormat({ serde, inputFormat = '', parameters }: CatalogTable): TableFormat {
  if (parameters.table_type?.toUpperCase() === 'ICEBERG') return unread('of Apache Iceberg');
  const library = serde?.library ?? '';
  if (library === '') {
    // Tables that say nothing of their rows are those of Firehose: Parquet, or what they are classified as.
    if (parameters.classification === 'json') return { kind: 'json' };
    return inputFormat === '' || isParquet(inputFormat)
      ? { kind: 'parquet' }
      : unread(`of the input format ${inputFormat} without a SerDe`);
  }
  const kind = readers.get(library.toLowerCase());
  if (kind === undefined) return unread(`of the SerDe ${library}`);
  const fits =
    inputFormat === '' ||
    (kind === 'parquet' ? isParquet(inputFormat) : inputFormat.endsWith('.TextInputFormat'));
  return fits ? { kind } : unread(`of the input format ${inputFormat}`);
}

function isParquet(inputFormat: string): boolean {
  return /parquet/i.test(inputFormat);
}

function unread(of: string): TableFormat {
  return { kind: 'unread', why: `a table ${of.slice(0, 200)}; ${INSTEAD}` };
}

/** Endings of files whose compression is not read. */
const compressed = /\.(bz2|lz4|lzo|snappy|hsnappy|zip|deflate)$/i;

/** Returns why one of these text files cannot be read; `undefined` where all can. */
export function unreadFile(keys: readonly string[]): string | undefined {
  const [, ending] = keys.map((key) => compressed.exec(key)).find((found) => found !== null) ?? [];
  return ending === undefined
    ? undefined
    : `a text file compressed as .${ending}; compress it with gzip (.gz) or Zstandard (.zst)`;
}
