/** Something that falls due. */
interface Due<T> {
  readonly at: number;
  readonly item: T;
}

/** A binary heap of items by the time at which they fall due. */
export class DueHeap<T> {
  readonly #items: Due<T>[] = [];

  /** When the next item falls due. */
  nextAt(): number | undefined {
    return this.#items[0]?.at;
  }

  /** Adds an item. */
  push(at: number, item: T): void {
    const items = this.#items;
    let place = items.length;
    items.push({ at, item });
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = items[parent];
      if (above === undefined || above.at <= at) break;
      items[place] = above;
      place = parent;
    }
    items[place] = { at, item };
  }

  /** Takes the next item, if it is due by then. */
  popDue(now: number): T | undefined {
    const items = this.#items;
    const [top] = items;
    if (top === undefined || top.at > now) return undefined;
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.#sink(last);
    return top.item;
  }

  #sink(entry: Due<T>): void {
    const items = this.#items;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      const left = items[child];
      if (left === undefined) break;
      const right = items[child + 1];
      let least = left;
      if (right !== undefined && right.at < left.at) {
        child += 1;
        least = right;
      }
      if (least.at >= entry.at) break;
      items[place] = least;
      place = child;
    }
    items[place] = entry;
  }
}
