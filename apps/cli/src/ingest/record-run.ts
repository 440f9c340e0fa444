import type { FirehoseProducer } from '@store/firehose';
import type { RejectFacts, RejectReason, SourceItem } from '@store/intake';
import type { InventoryEvent } from '@store/schema';
import { sendFirst } from '../inventory/producer.js';
import { maxActivePartitions } from '../inventory/runs.js';
import { CliError } from '../terminal/errors.js';
import type { RecordEvents, RecordOutcome } from './record-events.js';
import type { RejectFile } from './reject-file.js';
import { widening, type TableRanges } from './table-range.js';

/** Where events go, and where the records that are none. */
export interface RecordRunOptions {
  /** Undefined for a dry run. */
  readonly producer: FirehoseProducer<InventoryEvent> | undefined;
  readonly ranges: TableRanges;
  readonly rejects: RejectFile;
}

/** What some records have in common. */
export interface RecordOrigin {
  /** Where they come from, as rejects say it. */
  readonly path: string;
  readonly events: RecordEvents;
  /** What a reject needs beside its raw text. */
  facts(): RejectFacts;
  /** Items that an earlier run has taken. */
  readonly takenBefore: number;
}

/** The events of one record. */
interface MadeEvents {
  readonly item: SourceItem;
  readonly events: readonly InventoryEvent[];
  /** False where some rows of the record were refused: it is kept already. */
  readonly isWhole: boolean;
}

const nothing: RecordOutcome = Object.freeze({ events: [], reasons: [] });

/** Takes records one lot after another: each is sent, written down with the reason, or passed over, and counted. */
export class RecordRun {
  readonly #options: RecordRunOptions;
  readonly reasons: Map<string, number> = new Map<string, number>();
  /** Items so far, of which a record that is too long has several. */
  items = 0;
  parts = 0;
  accepted = 0;
  rejected = 0;
  passedOver = 0;
  events = 0;
  /** Events that the table would not show. */
  outside = 0;
  /** Hours of the events, up to one more than a delivery stream keeps partitions open. */
  readonly hours: Set<string> = new Set<string>();

  constructor(options: RecordRunOptions) {
    this.#options = options;
  }

  /** Takes some hundred records: all are made events of before the first is sent. */
  async take(items: readonly SourceItem[], origin: RecordOrigin): Promise<void> {
    const { producer, rejects } = this.#options;
    const made: MadeEvents[] = [];
    for (const item of items) this.#read(item, origin, made);
    for (const event of await this.#withinRange(made, origin)) {
      this.events++;
      if (this.hours.size <= maxActivePartitions) this.hours.add(event.event_time.slice(0, 13));
      if (producer === undefined) continue;
      if (!producer.put(event)) await producer.drained();
      if (this.events === 1) await sendFirst(producer);
    }
    if (rejects.isFull) await rejects.flush();
  }

  #read(item: SourceItem, origin: RecordOrigin, made: MadeEvents[]): void {
    this.items++;
    if (item.continues === true) this.parts++;
    if (this.items <= origin.takenBefore) {
      if (origin.events.continues && item.value !== undefined) origin.events.read(item.value, item.line);
      return;
    }
    if (item.problem !== undefined) {
      this.#refuse(item, [item.problem], origin);
      return;
    }
    const { events, reasons } = item.empty === true ? nothing : origin.events.read(item.value, item.line);
    if (reasons.length > 0) this.#refuse(item, reasons, origin);
    else if (events.length > 0) this.accepted++;
    else this.passedOver++;
    if (events.length > 0) made.push({ item, events, isWhole: reasons.length === 0 });
  }

  #refuse(
    { line, raw, base64, continues, cut, columns }: SourceItem,
    why: readonly RejectReason[],
    origin: RecordOrigin,
  ): void {
    const [first = { code: 'INVALID', message: 'The record is no inventory event.' }, ...more] = why;
    this.#options.rejects.add({
      source: origin.path,
      line,
      ...first,
      ...(more.length === 0 ? {} : { more }),
      ...origin.facts(),
      ...(columns === undefined ? {} : { columns }),
      ...(cut === undefined ? {} : { cut }),
      ...(continues === undefined ? {} : { continues }),
      ...(base64 === undefined ? {} : { base64 }),
      raw,
    });
    if (continues === true) return;
    this.rejected++;
    this.reasons.set(first.code, (this.reasons.get(first.code) ?? 0) + 1);
  }

  /** Leaves out what the table would not show: stored, and never seen, it would be lost as well. */
  async #withinRange(made: readonly MadeEvents[], origin: RecordOrigin): Promise<readonly InventoryEvent[]> {
    const { producer, ranges } = this.#options;
    const all: InventoryEvent[] = [];
    let someOutside = false;
    for (const { events } of made) {
      for (const event of events) {
        all.push(event);
        if (!ranges.isIn(event.event_time)) someOutside = true;
      }
    }
    if (!someOutside) return all;
    const isOutside = ({ event_time }: InventoryEvent): boolean => !ranges.isIn(event_time);
    const { text } = await ranges.ofTable();
    const outside = all.filter(isOutside);
    const [first] = outside;
    if (first === undefined) return all;
    this.outside += outside.length;
    if (producer === undefined) return all;
    const what = `outside of the hours that the table shows (${text})`;
    if (this.events === 0 && outside.length * 2 >= all.length) {
      const message = `${origin.path}: ${outside.length} of the first ${all.length} events are ${what}; the first is of ${first.event_time}. Nothing of it was sent.`;
      throw new CliError('OUTSIDE_TABLE', message, { fix: widening(first.event_time) });
    }
    for (const { item, events, isWhole } of made) {
      const one = events.find(isOutside);
      if (one === undefined || !isWhole) continue;
      this.accepted--;
      const message = `The event is of ${one.event_time}, ${what}. ${widening(one.event_time)}`;
      this.#refuse(item, [{ code: 'OUTSIDE_TABLE', path: 'event_time', message }], origin);
    }
    return all.filter((event) => !isOutside(event));
  }
}
