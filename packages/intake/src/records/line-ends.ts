const CARRIAGE = 13;
const FEED = 10;

/**
 * Finds where the lines of a text end that comes in pieces: at LF or CR LF; where the first line ends at CR alone, at
 * any of the three. A piece must not end in CR, unless it is the last: a feed may follow.
 */
export class LineEnds {
  /** Undefined before the first line end: whether CR alone ends a line. */
  #carriage: boolean | undefined;
  #text = '';
  #isLast = false;
  /** The next of each kind at or behind the place that was asked for last: no search goes over a character twice. */
  #feed = -2;
  #return = -2;

  /** Takes the text in which lines are looked for. */
  take(text: string, isLast: boolean): void {
    this.#text = text;
    this.#isLast = isLast;
    this.#feed = this.#return = -2;
  }

  /** Index of the line end behind `at`; the end of the text where that is the last, else -1. */
  next(at: number): number {
    if (this.#feed !== -1 && this.#feed < at) this.#feed = this.#text.indexOf('\n', at);
    const feed = this.#feed;
    if (this.#carriage !== false && this.#return !== -1 && this.#return < at)
      this.#return = this.#text.indexOf('\r', at);
    const carriage = this.#carriage === false ? -1 : this.#return;
    if (this.#carriage === undefined && (feed !== -1 || carriage !== -1))
      this.#carriage = carriage !== -1 && carriage + 1 !== feed && (feed === -1 || carriage < feed);
    if (this.#carriage === true && carriage !== -1 && (feed === -1 || carriage < feed)) return carriage;
    if (feed === -1) return this.#isLast ? this.#text.length : -1;
    return feed > at && this.#text.charCodeAt(feed - 1) === CARRIAGE ? feed - 1 : feed;
  }

  /** Index behind the line end at `end`. */
  behind(end: number): number {
    const code = this.#text.charCodeAt(end);
    if (code === CARRIAGE) return this.#text.charCodeAt(end + 1) === FEED ? end + 2 : end + 1;
    return Math.min(end + 1, this.#text.length);
  }

  /** True where a line end begins. */
  isAt(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    if (code === FEED) return true;
    return code === CARRIAGE && (this.#carriage === true || this.#text.charCodeAt(at + 1) === FEED);
  }

  /** Number of line ends that begin between two places. */
  count(from: number, to: number): number {
    let lines = 0;
    for (let at = from; at < to; at++) {
      if (!this.isAt(at)) continue;
      lines++;
      at = this.behind(at) - 1;
    }
    return lines;
  }
}
