/** A first-in-first-out line with constant time at both ends; an array's `shift` is linear. */
export class Line<T> {
  #items: (T | undefined)[] = [];
  /** Index of the first item. */
  #head = 0;
  /** Items that were cut off the array, so that an iteration keeps its place. */
  #cut = 0;

  /** Puts an item at the end. */
  push(item: T): void {
    this.#items.push(item);
  }

  /** The first item, left where it is. */
  first(): T | undefined {
    return this.#items[this.#head];
  }

  /** Takes the first item. */
  shift(): T | undefined {
    const item = this.#items[this.#head];
    if (this.#head >= this.#items.length) return undefined;
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#cut += this.#head;
      this.#head = 0;
    }
    return item;
  }

  /** The items from the first on; what is pushed meanwhile comes too, what is taken meanwhile does not. */
  *[Symbol.iterator](): IterableIterator<T> {
    for (let at = this.#cut + this.#head; at < this.#cut + this.#items.length; at += 1) {
      const item = this.#items[at - this.#cut];
      if (item !== undefined) yield item;
    }
  }
}
