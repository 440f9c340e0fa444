const QUOTE = 0x22;
const SPACE = 0x20;
const BACKSLASH = 0x5c;

/** A PutRecordBatch request whose records still lie in its body. */
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

/** A place in the body that only goes on. */
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
