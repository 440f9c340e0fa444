/** What can happen to a series within a day; in this order where two things happen at one instant. */
export const PRICE = 0;
export const DELIVERY = 1;
export const BUY = 2;
export const SUBSTITUTE = 3;
export const BRING_BACK = 4;
export const DAMAGE = 5;
export const THEFT = 6;
export const SHELF_FAILURE = 7;
export const SPOIL = 8;
export const COUNT = 9;

/** The happenings of one series within one day, kept in the order of time while they are added. */
export class LocalList {
  readonly times: Int32Array = new Int32Array(1024);
  /** Units, shifted left by four, and the kind. */
  readonly acts: Int32Array = new Int32Array(1024);
  length = 0;

  /** Adds a happening behind those of its instant. */
  add(time: number, kind: number, units: number): void {
    const { times, acts } = this;
    let to = this.length++;
    for (; to > 0 && (times[to - 1] ?? 0) > time; to--) {
      times[to] = times[to - 1] ?? 0;
      acts[to] = acts[to - 1] ?? 0;
    }
    times[to] = time;
    acts[to] = (units << 4) | kind;
  }
}
