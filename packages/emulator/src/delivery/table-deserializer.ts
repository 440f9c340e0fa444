import { createDeserializer, type RecordDeserializer } from '@store/glue-schema';
import type { SnapshotColumn } from '../lake/table-catalog.js';

/** How Firehose is told to read JSON. */
export interface DeserializerConfiguration {
  readonly OpenXJsonSerDe?: {
    readonly CaseInsensitive?: boolean;
    readonly ConvertDotsInJsonKeysToUnderscores?: boolean;
    readonly ColumnToJsonKeyMappings?: Readonly<Record<string, string>>;
  };
  readonly HiveJsonSerDe?: { readonly TimestampFormats?: readonly string[] };
}

/** Builds the deserializer that a configuration names, for a table's columns. */
export function createTableDeserializer(
  columns: readonly SnapshotColumn[],
  { OpenXJsonSerDe: openx, HiveJsonSerDe: hive }: DeserializerConfiguration,
): RecordDeserializer {
  if (hive !== undefined) {
    const formats = hive.TimestampFormats;
    return createDeserializer(columns, {
      serde: 'hive',
      ...(formats === undefined ? {} : { timestampFormats: formats }),
    });
  }
  const mappings = openx?.ColumnToJsonKeyMappings;
  return createDeserializer(columns, {
    caseInsensitive: openx?.CaseInsensitive ?? true,
    convertDotsInJsonKeysToUnderscores: openx?.ConvertDotsInJsonKeysToUnderscores ?? false,
    ...(mappings === undefined ? {} : { columnToJsonKeyMappings: mappings }),
  });
}

/** Whether keys are the columns' own names and values are read the OpenX way, as {@link plainLinePattern} has it. */
export function readsPlainLines({
  OpenXJsonSerDe: openx,
  HiveJsonSerDe: hive,
}: DeserializerConfiguration): boolean {
  const mapped = Object.keys(openx?.ColumnToJsonKeyMappings ?? {}).length > 0;
  return hive === undefined && !mapped && openx?.ConvertDotsInJsonKeysToUnderscores !== true;
}
