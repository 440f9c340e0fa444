/** Points of a shelf's history that are kept; at some forty events a day that is a week and more. */
const maxPoints = 512;

/** Stock of one shelf over world time: seconds, units, and the seconds at which trucks filled it. */
export class ShelfHistory {
  readonly at: number[] = [];
  readonly stock: number[] = [];
  readonly deliveries: number[] = [];

  constructor(second: number, stock: number) {
    this.at.push(second);
    this.stock.push(stock);
  }

  add(second: number, stock: number, delivered: boolean): void {
    // A chart has one value a moment: the last one of a second stands.
    if (this.at.at(-1) === second) this.stock[this.stock.length - 1] = stock;
    else {
      this.at.push(second);
      this.stock.push(stock);
    }
    if (delivered) this.deliveries.push(second);
    if (this.at.length <= maxPoints) return;
    this.at.shift();
    this.stock.shift();
    while ((this.deliveries[0] ?? Infinity) < (this.at[0] ?? 0)) this.deliveries.shift();
  }
}
