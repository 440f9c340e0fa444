import type { PutEntryWriter } from '../delivery/put-entry.js';

/** The records of a request, wherever their base64 text is. */
export interface RecordTexts {
  readonly count: number;
  /** Bytes that a record has once it is decoded. */
  sizeOf(index: number): number;
  /** Decodes a record into the entry; answers how many bytes that gave. */
  write(index: number, writer: PutEntryWriter): number;
}

/** Records as JSON.parse gives them. */
export function parsedTexts(records: readonly { readonly Data: string }[]): RecordTexts {
  const text = (index: number): string => records[index]?.Data ?? '';
  return {
    count: records.length,
    sizeOf: (index) => Buffer.byteLength(text(index), 'base64'),
    write: (index, writer) => writer.addBase64(text(index)),
  };
}

/** Records that are in the request's body. */
export function scannedTexts({ body, places }: ScannedBatch): RecordTexts {
  const start = (index: number): number => places[2 * index] ?? 0;
  const end = (index: number): number => places[2 * index + 1] ?? 0;
  return {
    count: places.length / 2,
    sizeOf: (index) => decodedBytes(body, start(index), end(index)),
    write: (index, writer) => writer.addBase64Of(body, start(index), end(index)),
  };
}

const PADDING = 0x3d;

function decodedBytes(bytes: Buffer, start: number, end: number): number {
  let digits = end - start;
  if (digits > 0 && bytes[end - 1] === PADDING) digits -= 1;
  if (digits > 0 && bytes[end - 2] === PADDING) digits -= 1;
  return (digits * 3) >>> 2;
}

const QUOTE = 0x22;
const SPACE = 0x20;
const BACKSLASH = 0x5c;

/** A PutRecordBatch request whose records still are in its body. */
export interface ScannedBatch {
  readonly name: string;
  readonly body: Buffer;
  /** Where the base64 text of each record begins and ends in the body: two numbers a record. */
  readonly places: readonly number[];
}

/**
 * Reads the one form that the AWS SDKs and the CLI send, without making text of megabytes of base64; `undefined`
 * for every other, which JSON.parse reads.
 */
export function scanBatch(body: Buffer): ScannedBatch | undefined {
  // An escape may stand for anything, even within base64.
  if (body.includes(BACKSLASH)) return undefined;
  const scan = new Scan(body);
  let name: string | undefined;
  let places: number[] | undefined;
  if (!scan.skip('{')) return undefined;
  for (let field = 0; field < 2; field += 1) {
    if (field > 0 && !scan.skip(',')) return undefined;
    if (name === undefined && scan.skip('"DeliveryStreamName"')) {
      const text = scan.skip(':') ? scan.text() : undefined;
      if (text === undefined) return undefined;
      name = body.toString('utf8', text[0], text[1]);
    } else if (places === undefined && scan.skip('"Records"')) {
      places = scan.skip(':') ? recordPlaces(scan) : undefined;
      if (places === undefined) return undefined;
    } else return undefined;
  }
  if (name === undefined || places === undefined || !scan.skip('}') || !scan.done) return undefined;
  return { name, body, places };
}

function recordPlaces(scan: Scan): number[] | undefined {
  const places: number[] = [];
  if (!scan.skip('[')) return undefined;
  do {
    if (!scan.skip('{') || !scan.skip('"Data"') || !scan.skip(':')) return undefined;
    const text = scan.text();
    if (text === undefined || !scan.skip('}')) return undefined;
    places.push(text[0], text[1]);
  } while (scan.skip(','));
  return scan.skip(']') ? places : undefined;
}

/** A place in the body that only moves forward. */
class Scan {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Goes behind the token and a space, as Python writes one; false, and goes nowhere, where it does not stand. */
  skip(token: string): boolean {
    const end = this.#at + token.length;
    for (let index = 0; index < token.length; index += 1) {
      if (this.#bytes[this.#at + index] !== token.charCodeAt(index)) return false;
    }
    this.#at = this.#bytes[end] === SPACE ? end + 1 : end;
    return true;
  }

  /** Goes behind a string without escapes; answers where its text begins and ends. */
  text(): readonly [number, number] | undefined {
    const start = this.#at + 1;
    if (this.#bytes[this.#at] !== QUOTE) return undefined;
    const end = this.#bytes.indexOf(QUOTE, start);
    if (end < 0) return undefined;
    this.#at = end + 1;
    return [start, end];
  }
}
