import { checkOptions, flag, listOf, mapOf, oneOf, type OptionRules, text } from '@store/foundation';
import { ConversionFailure, isObject, shownValue } from './deserializer/java-values.js';
import { readHiveFields } from './deserializer/hive.js';
import { keepsFields } from './deserializer/keeps.js';
import { readFields } from './deserializer/openx.js';
import { type FieldsPlan, planColumns } from './deserializer/value-plan.js';
import { GlueSchemaError, invalidOption } from './errors.js';
import type { GlueColumn } from './glue-type.js';
import type { JsonSerDe } from './table-input.js';
import { checkGlueColumns } from './check-arguments.js';

/**
 * What Firehose's record format conversion does with one JSON document, by SerDe: OpenX (the default) or
 * Hive. The embedded endpoint converts with it; the validator is held against it.
 */
export interface RecordDeserializer {
  /**
   * Converts one parsed JSON document, whose numbers `readJson` of `@store/foundation` gives with every digit.
   *
   * @param source - what was seen while it was parsed
   */
  readonly convert: (document: unknown, source?: DocumentSource) => ConversionOutcome;
}

/** What the text of a document tells beyond its value. */
export interface DocumentSource {
  /** A key that appears twice in one object, at any depth: OpenX refuses the document, Hive takes the last one. */
  readonly duplicateKey?: string;
  /** What is wrong with its UTF-8: Hive refuses the document in these words, OpenX takes U+FFFD. */
  readonly invalidUtf8?: string;
}

/** The fate of one document. */
export type ConversionOutcome =
  /** Every key is the column's own name and every value is already in the form that a typed reader wants. */
  | { readonly kind: 'unchanged' }
  /** Stored, but as this: keys folded, values parsed, unknown keys dropped. */
  | { readonly kind: 'changed'; readonly document: Readonly<Record<string, unknown>> }
  /** Goes to the error output, alone. */
  | { readonly kind: 'failed'; readonly code: ConversionErrorCode; readonly message: string };

/** AWS's codes for a document that does not convert. */
export type ConversionErrorCode = 'DataFormatConversion.ParseError' | 'DataFormatConversion.MalformedData';

/** Settings of {@link createDeserializer}: those of Firehose's `Deserializer`. */
export interface DeserializerOptions {
  /**
   * Which SerDe reads the documents.
   *
   * @defaultValue 'openx'
   */
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

const deserializerRules: OptionRules<DeserializerOptions> = {
  serde: oneOf('openx', 'hive'),
  caseInsensitive: flag(),
  columnToJsonKeyMappings: mapOf(text()),
  convertDotsInJsonKeysToUnderscores: flag(),
  timestampFormats: listOf(text()),
};

const unchanged: ConversionOutcome = { kind: 'unchanged' };

/**
 * What Firehose's record format conversion does with a document, for the columns of one Glue table.
 *
 * @throws GlueSchemaError for column types that no JSON SerDe reads.
 *
 * @example
 * ```ts
 * import { createDeserializer } from '@store/glue-schema';
 *
 * const { convert } = createDeserializer([{ Name: 'count', Type: 'int' }]);
 * console.log(convert({ count: 3 })); // { kind: 'unchanged' }
 * console.log(convert({ Count: '3', extra: true })); // { kind: 'changed', document: { count: 3 } }
 * ```
 */
export function createDeserializer(
  columns: readonly GlueColumn[],
  options: DeserializerOptions = {},
): RecordDeserializer {
  checkGlueColumns(columns);
  checkOptions(options, deserializerRules, invalidOption);
  return options.serde === 'hive' ? hiveDeserializer(columns, options) : openxDeserializer(columns, options);
}

function openxDeserializer(columns: readonly GlueColumn[], options: DeserializerOptions): RecordDeserializer {
  const fields = planColumns(columns, {
    caseInsensitive: options.caseInsensitive ?? true,
    dotsToUnderscores: options.convertDotsInJsonKeysToUnderscores ?? false,
    mappings: options.columnToJsonKeyMappings ?? {},
  });
  return {
    convert(document, source) {
      if (!isObject(document)) return notAnObject;
      const { duplicateKey, invalidUtf8 } = source ?? {};
      if (duplicateKey === undefined && invalidUtf8 === undefined && keepsFields(fields, document)) {
        return unchanged;
      }
      const twice = duplicateKey ?? foldedTwice(document, fields.fold);
      if (twice !== undefined)
        return failed('DataFormatConversion.ParseError', `Duplicate key "${shownValue(twice)}"`);
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
    convert(document, source) {
      if (source?.invalidUtf8 !== undefined) {
        return failed('DataFormatConversion.ParseError', source.invalidUtf8);
      }
      if (!isObject(document)) return notAnObject;
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

/**
 * A key that appears twice in one object once case is folded, at any depth. The OpenX parser folds keys while
 * it reads, and refuses such a document whole.
 */
function foldedTwice(document: unknown, fold: (key: string) => string): string | undefined {
  const open: unknown[] = [document];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const values: readonly unknown[] = Array.isArray(item) ? item : isObject(item) ? Object.values(item) : [];
    if (isObject(item)) {
      const seen = new Set<string>();
      for (const key of Object.keys(item)) {
        const folded = fold(key);
        if (seen.has(folded)) return folded;
        seen.add(folded);
      }
    }
    for (const value of values) if (typeof value === 'object' && value !== null) open.push(value);
  }
  return undefined;
}
