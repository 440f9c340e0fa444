const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** More digits than these are not all in a double. */
const SAFE_DIGITS = 15;

/**
 * Finds where an object or array ends, and what is in it that a quick reader would lose, in one pass over the
 * bytes. It checks no syntax.
 */
export class JsonScanner {
  readonly #bytes: Uint8Array;
  readonly #limit: number;
  /** Behind the last bracket; the limit where that is missing. */
  end = 0;
  /** How deep brackets are nested. */
  depth = 0;
  /** Keys of all objects. */
  members = 0;
  /** A number whose text a double may not give back. */
  hasHardNumber = false;
  /** A line break between tokens. */
  isMultiline = false;
  /** A character that is no ASCII. */
  isBeyondAscii = false;

  /** @param bytes - UTF-8 text, of which all up to `limit` is looked at */
  constructor(bytes: Uint8Array, limit: number) {
    this.#bytes = bytes;
    this.#limit = limit;
  }

  /** Goes over the object or array that begins at `start`; false where its last bracket is missing. */
  scan(start: number): boolean {
    const bytes = this.#bytes;
    const limit = this.#limit;
    let depth = 0;
    let deepest = 0;
    let members = 0;
    let bits = 0;
    let at = start;
    let closed = false;
    this.hasHardNumber = false;
    this.isMultiline = false;
    while (at < limit) {
      const code = bytes[at] ?? 0;
      at += 1;
      bits |= code;
      if (code === QUOTE) {
        for (; at < limit; at += 1) {
          const inside = bytes[at] ?? 0;
          if (inside === QUOTE) break;
          if (inside === BACKSLASH) at += 1;
          bits |= inside;
        }
        at += 1;
      } else if (code === COLON) members += 1;
      else if (code === MINUS || (code >= ZERO && code <= NINE)) at = this.#number(at - 1);
      else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        depth -= 1;
        if (depth === 0) {
          closed = true;
          break;
        }
      } else if (code === LINE_FEED || code === CARRIAGE_RETURN) this.isMultiline = true;
    }
    this.end = Math.min(at, limit);
    this.depth = deepest;
    this.members = members;
    this.isBeyondAscii = bits > 0x7f;
    return closed;
  }

  /** Goes over the number at `start`; answers where it ends. */
  #number(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    let digits = 0;
    let point = -1;
    let last = 0;
    for (; at < this.#limit; at += 1) {
      const code = bytes[at] ?? 0;
      if (code >= ZERO && code <= NINE) digits += 1;
      else if (code === POINT) point = at;
      else if (code === MINUS || code === PLUS) {
        if (at > start) this.hasHardNumber = true;
      } else if (code === 0x65 || code === 0x45) this.hasHardNumber = true;
      else break;
      last = code;
    }
    if (digits > SAFE_DIGITS) this.hasHardNumber = true;
    else if (point < 0) {
      // "-0" loses its sign.
      if (digits === 1 && last === ZERO && at - start > 1) this.hasHardNumber = true;
    } else if (last === ZERO || (at - point > 6 && this.#areZeros(point + 1, point + 7))) {
      // 1.50 is written as 1.5, 0.0000001 as 1e-7.
      this.hasHardNumber = true;
    }
    return at;
  }

  #areZeros(from: number, to: number): boolean {
    for (let at = from; at < to; at += 1) if (this.#bytes[at] !== ZERO) return false;
    return true;
  }
}
