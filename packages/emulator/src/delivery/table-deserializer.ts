import type { RecordDeserializer } from '@store/glue-schema';
import type { SnapshotColumn } from './schema-snapshot.js';

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
  configuration: DeserializerConfiguration,
): RecordDeserializer {
  const code = 'DataFormatConversion.ParseError';
  const message = `Expected an object of ${columns.length} columns for ${Object.keys(configuration).join()}.`;
  return {
    convert: (document) =>
      typeof document === 'object' && document !== null
        ? { kind: 'unchanged' }
        : { kind: 'failed', code, message },
  };
}
