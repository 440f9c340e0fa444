/**
 * What Firehose's record format conversion does with one JSON document, by SerDe: OpenX (the default) or
 * Hive. The embedded endpoint converts with it; the validator is held against it.
 */
export interface RecordDeserializer {
  /** Converts one parsed JSON document. */
  readonly convert: (document: unknown) => ConversionOutcome;
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
