/** A truck's delivery to one series. */
export interface Delivery {
  readonly series: number;
  readonly day: number;
  /** Milliseconds since local midnight. */
  readonly time: number;
  readonly units: number;
  /** Local day from whose beginning on the units count as on order. */
  readonly announcedDay: number;
}

/** Deliveries from outside, by the local day on which they arrive. */
export class Deliveries {
  readonly #byDay = new Map<number, Map<number, Delivery[]>>();
  /** Every delivery accepted, in the order of acceptance: what a replay and a snapshot need. */
  readonly all: Delivery[] = [];

  /** Accepts a delivery. */
  add(delivery: Delivery): void {
    const day = this.#byDay.get(delivery.day) ?? new Map<number, Delivery[]>();
    this.#byDay.set(delivery.day, day);
    const list = day.get(delivery.series) ?? [];
    day.set(delivery.series, list);
    list.push(delivery);
    this.all.push(delivery);
  }

  /** What counts as on order from the beginning of a local day. */
  announced(day: number): readonly Delivery[] {
    return this.all.length === 0 ? [] : this.all.filter(({ announcedDay }) => announcedDay === day);
  }

  /** Forgets every delivery. */
  clear(): void {
    this.#byDay.clear();
    this.all.length = 0;
  }

  /** When the last truck of a series' local day is there, milliseconds since local midnight; -1 where none comes. */
  lastTime(day: number, series: number): number {
    let last = -1;
    for (const { time } of this.#byDay.get(day)?.get(series) ?? []) last = Math.max(last, time);
    return last;
  }

  /** What arrives on a local day, by series. */
  due(day: number): ReadonlyMap<number, readonly Delivery[]> | undefined {
    return this.#byDay.get(day);
  }
}
