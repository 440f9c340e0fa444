import type { RowFormat } from './statement.js';

/** Classes that read rows; source: "SerDe reference" of Athena's guide (2026). */
export const serdes: Readonly<
  Record<'lazySimple' | 'openCsv' | 'openJson' | 'hiveJson' | 'parquet', string>
> = Object.freeze({
  lazySimple: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
  openCsv: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
  openJson: 'org.openx.data.jsonserde.JsonSerDe',
  hiveJson: 'org.apache.hive.hcatalog.data.JsonSerDe',
  parquet: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
});

type Format = Omit<RowFormat, 'serdeProperties'>;

const text: Format = {
  serde: serdes.lazySimple,
  inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
};
const ofHive = (serde: string, folder: string, name: string): Format => ({
  serde: `org.apache.hadoop.hive.${serde}`,
  inputFormat: `org.apache.hadoop.hive.ql.io.${folder}${name}InputFormat`,
  outputFormat: `org.apache.hadoop.hive.ql.io.${folder}${name}OutputFormat`,
});

const formats: ReadonlyMap<string, Format> = new Map([
  ['textfile', text],
  ['jsonfile', { ...text, serde: serdes.hiveJson }],
  ['json', { ...text, serde: serdes.hiveJson }],
  [
    'parquet',
    {
      serde: serdes.parquet,
      inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    },
  ],
  ['orc', ofHive('ql.io.orc.OrcSerde', 'orc.', 'Orc')],
  ['avro', ofHive('serde2.avro.AvroSerDe', 'avro.', 'AvroContainer')],
  ['rcfile', ofHive('serde2.columnar.LazyBinaryColumnarSerDe', '', 'RCFile')],
  [
    'sequencefile',
    {
      serde: serdes.lazySimple,
      inputFormat: 'org.apache.hadoop.mapred.SequenceFileInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat',
    },
  ],
]);

/** The classes of a `STORED AS`, or of a table that names its SerDe alone; `undefined` for a name that is none. */
export function formatOf(name: string): Format | undefined {
  const known = formats.get(name);
  if (known !== undefined) return known;
  const isClass = name.includes('.');
  if (!isClass) return undefined;
  return [...formats.values()].find(({ serde }) => serde === name) ?? { ...text, serde: name };
}
