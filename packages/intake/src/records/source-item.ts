/** One record of a source, or why none could be made of what is there. */
export interface SourceItem {
  /** Line on which it begins, from 1; where a quote is never closed, the line on which it opens. */
  readonly line: number;
  /** The record as it is there, with its line end: the raws of a source and what is between them are the source. */
  readonly raw: string;
  /** The record: text by the names of the header, or what the JSON says. Absent where there is a `problem`. */
  readonly value?: unknown;
  /** Set where the source itself could not make a record of it. */
  readonly problem?: { readonly code: string; readonly message: string };
  /** Set where `raw` is base64 of bytes that are no text. */
  readonly base64?: true;
  /** Set where every field of the row is empty, as spreadsheets write below the last row. */
  readonly empty?: true;
  /** Of a row below a header that is not the source's first: the names of that header. */
  readonly columns?: readonly string[];
  /** Set where `raw` is the beginning of a record that is too long, whose rest is in the source alone. */
  readonly cut?: true;
  /** Set on every part but the first of a record that is too long, whose parts follow each other. */
  readonly continues?: true;
}

/** Makes records of text that comes in pieces of any length. */
export interface RecordReader {
  /** Returns the records that end in the piece. */
  push(text: string): readonly SourceItem[];
  /** Returns what is left when no more text comes. */
  end(): readonly SourceItem[];
  /** Characters so far that are in no record: a header, what is above it, empty lines, brackets and commas. */
  readonly layoutChars: number;
}

/** Bounds of the readers. */
export const recordLimits: {
  /** Characters of one record: none on the way to Firehose may be longer (API_Record, 1,024,000 bytes; 2026-11). */
  readonly recordChars: number;
  /** Characters that are kept of a longer one, where the rest is left in the source. Own. */
  readonly cutChars: number;
  /** Lines that may be above a header. */
  readonly skippedLines: number;
} = Object.freeze({ recordChars: 1_024_000, cutChars: 10_000, skippedLines: 10_000 });

/**
 * Whether a piece of text only continues a line: it is not looked at before the line ends, or is too long, so that a line
 * of a megabyte is not copied with each of its pieces.
 */
export const waits = (begun: string, piece: string, lineEnd: RegExp): boolean =>
  begun.length + piece.length <= recordLimits.recordChars && !lineEnd.test(piece);

/** Returns the beginning of a record that is too long, in the place of its first part. */
export function cutItem({ line, raw }: SourceItem): SourceItem {
  const { recordChars, cutChars } = recordLimits;
  // Never within a character.
  const end = /[\ud800-\udbff]/.test(raw.charAt(cutChars - 1)) ? cutChars - 1 : cutChars;
  const message = `Expected a record of at most ${recordChars} characters; its first ${end} are kept here, and all of it is in the source.`;
  return { line, raw: raw.slice(0, end), problem: { ...tooLong, message }, cut: true };
}

/** The problem of a record that is too long. */
export const tooLong: NonNullable<SourceItem['problem']> = Object.freeze({
  code: 'RECORD_TOO_LONG',
  message: `Expected a record of at most ${recordLimits.recordChars} characters.`,
});
