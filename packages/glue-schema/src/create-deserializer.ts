import { ConversionFailure } from './deserializer/conversion-failure.js';
import { duplicateKey } from './deserializer/duplicate-key.js';
import { readHiveFields } from './deserializer/hive.js';
import { keepsFields } from './deserializer/keeps.js';
import { readFields } from './deserializer/openx.js';
import { type FieldsPlan, planColumns } from './deserializer/plan.js';
import { GlueSchemaError } from './errors.js';
import type { GlueColumn } from './glue-type.js';
import type { ConversionErrorCode, ConversionOutcome, RecordDeserializer } from './record-deserializer.js';
import type { JsonSerDe } from './table-input.js';
import { isRecord } from './runtime/values.js';

/** Settings of {@link createDeserializer}: those of Firehose's `Deserializer`. */
export interface DeserializerOptions {
  /** @defaultValue 'openx' */
  readonly serde?: JsonSerDe;
  /**
   * OpenX: keys of any case match, and are stored in lower case.
   *
   * @defaultValue true
   */
  readonly caseInsensitive?: boolean;
  /**
   * OpenX: the JSON key of a column, where it is not the column's name.
   *
   * @defaultValue none
   */
  readonly columnToJsonKeyMappings?: Readonly<Record<string, string>>;
  /**
   * OpenX: a dot in a key counts as an underscore.
   *
   * @defaultValue false
   */
  readonly convertDotsInJsonKeysToUnderscores?: boolean;
  /**
   * Hive: Joda patterns, or `millis`.
   *
   * @defaultValue `java.sql.Timestamp`'s own form, `yyyy-M-d H:m:s[.f]`
   */
  readonly timestampFormats?: readonly string[];
}

const unchanged: ConversionOutcome = { kind: 'unchanged' };

/**
 * What Firehose's record format conversion does with a document, for the columns of one Glue table.
 *
 * @throws GlueSchemaError for column types that no JSON SerDe reads.
 */
export function createDeserializer(
  columns: readonly GlueColumn[],
  options: DeserializerOptions = {},
): RecordDeserializer {
  return options.serde === 'hive' ? hiveDeserializer(columns, options) : openxDeserializer(columns, options);
}

function openxDeserializer(columns: readonly GlueColumn[], options: DeserializerOptions): RecordDeserializer {
  const fields = planColumns(columns, {
    caseInsensitive: options.caseInsensitive ?? true,
    dotsToUnderscores: options.convertDotsInJsonKeysToUnderscores ?? false,
    mappings: options.columnToJsonKeyMappings ?? {},
  });
  return {
    convert(document) {
      if (!isRecord(document)) return notAnObject;
      if (keepsFields(fields, document)) return unchanged;
      const twice = duplicateKey(document, fields.fold);
      if (twice !== undefined) return failed('DataFormatConversion.ParseError', `Duplicate key "${twice}"`);
      return attempt(() => readFields(fields, document));
    },
  };
}

function hiveDeserializer(columns: readonly GlueColumn[], options: DeserializerOptions): RecordDeserializer {
  if (options.columnToJsonKeyMappings !== undefined || options.convertDotsInJsonKeysToUnderscores === true) {
    throw new GlueSchemaError('INVALID_OPTION', 'Hive\'s JSON SerDe maps no keys; use serde "openx"');
  }
  const fields: FieldsPlan = planColumns(columns, {
    caseInsensitive: true,
    dotsToUnderscores: false,
    mappings: {},
  });
  return {
    convert(document) {
      if (!isRecord(document)) return notAnObject;
      return attempt(() => readHiveFields(fields, document, options.timestampFormats ?? []));
    },
  };
}

function failed(code: ConversionErrorCode, message: string): ConversionOutcome {
  return { kind: 'failed', code, message };
}

const notAnObject = failed(
  'DataFormatConversion.ParseError',
  "The record is not a JSON object: a JSONObject text must begin with '{'",
);

function attempt(read: () => Record<string, unknown>): ConversionOutcome {
  try {
    return { kind: 'changed', document: read() };
  } catch (error) {
    if (error instanceof ConversionFailure)
      return failed('DataFormatConversion.MalformedData', error.message);
    throw error;
  }
}
