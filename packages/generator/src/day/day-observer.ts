/** Why a shelf is empty at closing: 0 it is not, 1 ordering, 2 the shelf itself, 3 the supplier. */
export type CauseNumber = 0 | 1 | 2 | 3;

/** Hears what the events do not tell; `series` is the position in the shard. */
export interface DayObserver {
  /** A series at closing time. */
  closed(
    series: number,
    day: number,
    demand: number,
    sold: number,
    lost: number,
    physical: number,
    recorded: number,
    cause: CauseNumber,
  ): void;
  /** Units that vanished or were damaged. */
  shrunk(series: number, day: number, units: number, seen: boolean): void;
  /** A count, before it corrects the record. */
  counted(series: number, day: number, physical: number, recorded: number): void;
  /** An order. */
  ordered(series: number, day: number, units: number): void;
}
