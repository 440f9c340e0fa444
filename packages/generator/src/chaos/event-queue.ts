/** An event on its way out. */
export interface WaitingEvent {
  /** World time at which its turn comes. */
  readonly due: number;
  /** World time at which it happened. */
  readonly time: number;
  readonly store: number;
  readonly sequence: number;
  /** Later events, in their turn, that it lets pass; 0 comes out in its turn. */
  readonly behind: number;
  readonly values: readonly number[];
}

/** What a snapshot holds of a queue. */
export interface SavedQueue {
  readonly waiting: readonly WaitingEvent[];
  readonly held: readonly WaitingEvent[];
  readonly passed: readonly number[];
  readonly ready: readonly WaitingEvent[];
  /** Events that came out, or were passed over; left out by snapshots of before. */
  readonly out?: number;
  /** What comes out before is passed over; null for nothing. */
  readonly fromMs: number | null;
}

/**
 * Most events that are held back at the same time. With more, the newest comes out and the others behind it:
 * where every event lets others pass, none would come, and so one in this many keeps its turn.
 */
const MOST_HELD = 256;

/**
 * The order in which events come out: by the time of their turn, and some behind later ones. Those are displaced by
 * places, not by time, so that the share of them is the same in a world of few events and of many.
 */
export class EventQueue {
  readonly #displaced: (event: WaitingEvent) => void;
  /** By `due`, and as they came, up to `#sorted`; the rest came since. */
  #waiting: WaitingEvent[] = [];
  #sorted = 0;
  /** Events whose turn is over and that let others pass, and how many have passed. */
  #held: WaitingEvent[] = [];
  #passed: number[] = [];
  /** In the order in which they come out. */
  #ready: WaitingEvent[] = [];
  #fromMs = -Infinity;
  #out = 0;

  /** @param displaced - is called with each event that comes out behind a later one because of its `behind` */
  constructor(displaced: (event: WaitingEvent) => void) {
    this.#displaced = displaced;
  }

  /** Forgets everything; what comes out before an instant is passed over. */
  clear(fromMs: number): void {
    this.load({ waiting: [], held: [], passed: [], ready: [], fromMs });
  }

  /** What comes out before this instant is passed over. */
  get fromMs(): number {
    return this.#fromMs;
  }

  add(event: WaitingEvent): void {
    this.#waiting.push(event);
  }

  /** Decides the places of the events whose turn is before an instant; false while none is ready. */
  release(safeMs: number): boolean {
    if (this.#sorted < this.#waiting.length) {
      this.#waiting.sort((a, b) => a.due - b.due); // stable: those of one instant stay as they came
      this.#sorted = this.#waiting.length;
    }
    let turn = 0;
    for (; (this.#waiting[turn]?.due ?? Infinity) < safeMs; turn++) {
      const event = this.#waiting[turn];
      if (event !== undefined) this.#turnOf(event);
    }
    this.#waiting.splice(0, turn);
    this.#sorted = this.#waiting.length;
    // Nothing else will come: the newest of those that wait lets the others be behind it.
    if (safeMs === Infinity && this.#waiting.length === 0) this.#releaseNewest();
    return this.#ready.length > 0;
  }

  /** Takes what comes out next. */
  take(most: number): readonly WaitingEvent[] {
    return this.#ready.splice(0, most);
  }

  /** Events that were taken or passed over. */
  get taken(): number {
    return this.#out - this.#ready.length;
  }

  /** Puts back the event that came out last: it comes out again. */
  putBack(events: readonly WaitingEvent[]): void {
    this.#ready.unshift(...events);
  }

  saved(): SavedQueue {
    return {
      waiting: this.#waiting,
      held: this.#held,
      passed: this.#passed,
      ready: this.#ready,
      out: this.#out,
      fromMs: this.#fromMs === -Infinity ? null : this.#fromMs,
    };
  }

  load({ waiting, held, passed, ready, out = 0, fromMs }: SavedQueue): void {
    this.#waiting = [...waiting];
    this.#sorted = 0;
    this.#held = [...held];
    this.#passed = [...passed];
    this.#ready = [...ready];
    this.#out = out;
    this.#fromMs = fromMs ?? -Infinity;
  }

  #turnOf(event: WaitingEvent): void {
    if (event.behind === 0) this.#comeOut(event, event.due);
    else {
      this.#held.push(event);
      this.#passed.push(0);
      if (this.#held.length > MOST_HELD) this.#releaseNewest();
    }
  }

  /** An event comes out in its turn, and behind it those that have let enough pass. */
  #comeOut(event: WaitingEvent, atMs: number): void {
    this.#emit(event, atMs);
    if (this.#held.length === 0) return;
    const held = this.#held;
    const passed = this.#passed;
    let kept = 0;
    for (const [n, other] of held.entries()) {
      const count = (passed[n] ?? 0) + (event.time > other.time ? 1 : 0);
      if (count >= other.behind) {
        this.#displaced(other);
        this.#emit(other, atMs);
      } else {
        held[kept] = other;
        passed[kept++] = count;
      }
    }
    held.length = passed.length = kept;
  }

  #releaseNewest(): void {
    const newest = this.#held.pop();
    const passedIt = this.#passed.pop() ?? 0;
    if (newest === undefined) return;
    if (passedIt > 0) this.#displaced(newest);
    this.#emit(newest, newest.due);
    for (const [n, other] of this.#held.entries()) {
      if (other.time < newest.time || (this.#passed[n] ?? 0) > 0) this.#displaced(other);
      this.#emit(other, newest.due);
    }
    this.#held = [];
    this.#passed = [];
  }

  #emit(event: WaitingEvent, atMs: number): void {
    this.#out++;
    if (atMs >= this.#fromMs) this.#ready.push(event);
  }
}
