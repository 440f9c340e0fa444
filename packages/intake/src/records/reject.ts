import { IntakeError } from '../errors.js';
import { isRecord } from '../mapping/columns.js';

/** One thing that is wrong with a record. */
export interface RejectReason {
  /** UPPER_SNAKE. */
  readonly code: string;
  /** `location.latitude`; absent where the record as a whole is wrong. */
  readonly path?: string;
  /** A whole sentence. */
  readonly message: string;
}

/** What is needed beside a record's raw text to read it again. */
export interface RejectFacts {
  /** What the raw text is. */
  readonly format: 'csv' | 'json';
  /** Of CSV: the names of the header. */
  readonly columns?: readonly string[];
  /** Of CSV: what is between fields. */
  readonly delimiter?: string;
  /** Encoding that the text was read from: written in it, it is the bytes of the source. Absent for Parquet and Excel. */
  readonly encoding?: string;
  /** When the source was written, in milliseconds since 1970: the time of counts whose mapping has none. */
  readonly asOfMs?: number;
}

/** A record that was refused: why, and all that is needed to read it again. One JSON object in one line of a file. */
export interface Reject extends RejectReason, RejectFacts {
  /** Where it comes from: a path, an address, or `-`. */
  readonly source: string;
  /** Line on which it begins, from 1; of Parquet and Excel the row. */
  readonly line: number;
  /** What else is wrong with it. */
  readonly more?: readonly RejectReason[];
  /** Set where this is one part of a record that was too long: true on all but the first. */
  readonly continues?: true;
  /** Set where `raw` is base64 of bytes that are no text. */
  readonly base64?: true;
  /** Set where `raw` is only the beginning of a record that is too long. */
  readonly cut?: true;
  /** The record as it is in the source; of Parquet and Excel its values as JSON. */
  readonly raw: string;
}

/**
 * Returns a reject as a line of a file.
 *
 * @example
 * ```ts
 * import { rejectLine } from '@store/intake';
 *
 * const why = { code: 'MISSING', message: 'Expected a store.' };
 * console.log(rejectLine({ source: 'a.ndjson', line: 2, ...why, format: 'json', raw: '{}' }).endsWith('\n')); // true
 * ```
 */
export function rejectLine(reject: Reject): string {
  return `${JSON.stringify(reject)}\n`;
}

/**
 * Returns the reject that a line of a file of rejects holds.
 *
 * @throws {@link IntakeError} `INVALID_REJECT`; a line of a release before there was a replay holds no whole record where it
 *   was CSV or longer than 10,000 characters, and says so.
 *
 * @example
 * ```ts
 * import { readReject } from '@store/intake';
 *
 * const line = '{"source":"a.ndjson","line":2,"code":"MISSING","message":"…","format":"json","raw":"{}"}';
 * console.log(readReject(line, 1).raw); // {}
 * ```
 */
export function readReject(line: string, lineNumber: number): Reject {
  const value = parsed(line);
  if (!isRecord(value)) throw invalid(lineNumber, 'is no JSON object');
  const { raw, record, format } = value;
  if (
    typeof raw === 'string' &&
    (format === 'csv' || format === 'json') &&
    typeof value.source === 'string'
  ) {
    const { columns, delimiter } = value;
    const isRow =
      Array.isArray(columns) &&
      columns.every((name) => typeof name === 'string') &&
      typeof delimiter === 'string';
    if (format === 'csv' && !isRow) throw invalid(lineNumber, 'has no header for its row');
    // Every field that is used was looked at; the rest is handed on as it came.
    return value as unknown as Reject;
  }
  if (typeof record !== 'string') throw invalid(lineNumber, 'has no record');
  if (record.length >= 10_000)
    throw invalid(lineNumber, 'is of a release that cut records at 10,000 characters');
  if (!record.trimStart().startsWith('{'))
    throw invalid(lineNumber, 'is of a release that kept no header beside a row of CSV');
  const { source, line: at, code, message } = value;
  return {
    source: typeof source === 'string' ? source : '-',
    line: typeof at === 'number' ? at : lineNumber,
    code: typeof code === 'string' ? code : 'INVALID',
    message: typeof message === 'string' ? message : '',
    format: 'json',
    raw: record,
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const invalid = (line: number, why: string): IntakeError =>
  new IntakeError('INVALID_REJECT', `Line ${line} ${why}.`, [], {
    line,
    fix: 'Give a file of rejects that `store ingest` wrote, or send the source again.',
  });
