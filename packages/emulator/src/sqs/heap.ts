/** An item with what it is ordered by: when it falls due, or its place. */
interface Entry<T> {
  readonly at: number;
  readonly item: T;
}

/** A binary heap: the item with the least number comes out first. */
export class Heap<T> {
  readonly #items: Entry<T>[] = [];

  /** The number of the first item. */
  least(): number | undefined {
    return this.#items[0]?.at;
  }

  /** How many items it holds. */
  get size(): number {
    return this.#items.length;
  }

  /** Drops the items that are not wanted any more. */
  keep(isWanted: (item: T) => boolean): void {
    const wanted = this.#items.filter(({ item }) => isWanted(item));
    this.#items.length = 0;
    for (const { at, item } of wanted) this.push(at, item);
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

  /** Takes the first item, if its number is no greater than that. */
  popUpTo(most: number): T | undefined {
    const items = this.#items;
    const [top] = items;
    if (top === undefined || top.at > most) return undefined;
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.#sink(last);
    return top.item;
  }

  #sink(entry: Entry<T>): void {
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
