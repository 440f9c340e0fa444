import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import { clock, digitsOf, padded, plain, writeInteger } from './digits.js';
import type { EventBatch } from './event-batch.js';
import { LineFragments, TURN } from './line-fragments.js';

const HOUR_MS = 3_600_000;
/** Stores whose number has more digits than an event's id has room for are written the usual way. */
const LAST_STORE = 999_998;

/** Eight characters of ASCII as the float64 of the same bytes: writing it costs one instruction. */
function eight(text: string): number {
  return new DataView(new TextEncoder().encode(text).buffer).getFloat64(0, true);
}

const stockKey = [eight(',"curren'), eight('t_stock"')] as const;
const thresholdKey = [eight(',"min_th'), eight('reshold"')] as const;
const onOrderKey = [eight(',"on_ord'), 0x3a227265] as const;
const lowKey = [eight(',"is_low'), eight('_stock":')] as const;
const trueEnd = eight('true}\n  ');
const falseEnd = eight('false}\n ');

/** Gives the line of an event that is not written the usual way: one that chaos broke, or of another format. */
export type BrokenLine = (batch: EventBatch, n: number) => string;

/**
 * Writes events as lines of JSON straight into bytes: the same bytes as `JSON.stringify` of the event, at a small
 * part of its cost (bench/ndjson.bench.ts). What does not change from event to event lies ready as fragments.
 */
export class NdjsonEncoder {
  /** Bytes written since it was set to 0. */
  length = 0;
  readonly #fragments: LineFragments;
  readonly #broken: BrokenLine;
  readonly #always: boolean;
  #hourMs = Number.NaN;

  constructor(input: {
    readonly fingerprint: string;
    readonly stores: readonly Store[];
    readonly products: readonly Product[];
    readonly chunkBytes: number;
    readonly broken: BrokenLine;
    /** Whether every line comes from `broken`: events of another format. */
    readonly always: boolean;
  }) {
    const { fingerprint, stores, products, chunkBytes, broken, always } = input;
    this.#always = always || (stores.at(-1)?.index ?? 0) > LAST_STORE;
    this.#broken = broken;
    this.#fragments = new LineFragments(fingerprint, stores, products, chunkBytes);
  }

  /** The bytes written, lent until the next `encode`. */
  get bytes(): Uint8Array<ArrayBuffer> {
    const { arena, out } = this.#fragments;
    return arena.bytes.subarray(out, out + this.length);
  }

  /** Whether another line might not fit. */
  get full(): boolean {
    return this.length > this.#fragments.room - this.#fragments.longest;
  }

  /** Writes events of a batch from `from` on until the chunk is full; the position of the first one left. */
  encode(batch: EventBatch, from: number): number {
    const fragments = this.#fragments;
    const { arena, out, room, longest, typeAt, typeLength, timeFrom, storeFrom } = fragments;
    const { storeHigh, storeLow, storeAt, storeLength, productAt, productLength, priceCents } = fragments;
    const { view } = arena;
    const typeBytes = fragments.typeTurns * TURN;
    const storeBytes = fragments.storeTurns * TURN;
    const productBytes = fragments.productTurns * TURN;
    const { time, sequence, store, product, type, fault } = batch;
    const { quantityDelta, currentStock, minThreshold, onOrder, unitPriceCents } = batch;
    const always = this.#always;
    let hourMs = this.#hourMs;
    const last = out + room - longest;
    let at = out + this.length;
    let n = from;
    for (; n < batch.length && at <= last; n++) {
      if (fault[n] !== 0 || always) {
        at += arena.write(at, this.#broken(batch, n));
        continue;
      }
      const ms = time[n] ?? 0;
      let inHour = ms - hourMs;
      if (!(inHour >= 0 && inHour < HOUR_MS)) {
        hourMs = Math.floor(ms / HOUR_MS) * HOUR_MS;
        fragments.turnTo(hourMs);
        inHour = ms - hourMs;
      }
      const s = store[n] ?? 0;
      const p = product[n] ?? 0;
      const t = type[n] ?? 0;
      if (priceCents[p] !== unitPriceCents[n]) fragments.price(p, unitPriceCents[n] ?? 0);

      // The three copies are written out: a call for each cost 20 ns an event.
      let source = typeAt[t] ?? 0;
      for (let k = 0; k < typeBytes; k += TURN) {
        view.setFloat64(at + k, view.getFloat64(source + k, true), true);
        view.setFloat64(at + k + 8, view.getFloat64(source + k + 8, true), true);
        view.setFloat64(at + k + 16, view.getFloat64(source + k + 16, true), true);
        view.setFloat64(at + k + 24, view.getFloat64(source + k + 24, true), true);
      }
      view.setUint32(at + storeFrom, storeHigh[s] ?? 0, true);
      view.setUint16(at + storeFrom + 4, storeLow[s] ?? 0, true);
      const count = sequence[n] ?? 0;
      const upper = Math.floor(count / 10_000);
      const lower = padded[count - upper * 10_000] ?? 0;
      if (upper !== 0) {
        const top = Math.floor(upper / 10_000);
        view.setUint16(at + storeFrom + 7, (padded[top] ?? 0) >>> 16, true);
        view.setUint32(at + storeFrom + 9, padded[upper - top * 10_000] ?? 0, true);
      }
      view.setUint32(at + storeFrom + 13, lower, true);
      const second = (inHour / 1000) | 0;
      const timeAt = at + (timeFrom[t] ?? 0) + 14;
      view.setUint32(timeAt, clock[second * 2] ?? 0, true);
      view.setUint16(timeAt + 4, clock[second * 2 + 1] ?? 0, true);
      view.setUint32(timeAt + 6, ((padded[inHour - second * 1000] ?? 0) >>> 8) | 0x5a000000, true);
      at += typeLength[t] ?? 0;

      if (upper === 0) {
        view.setUint32(at, plain[count] ?? 0, true);
        at += digitsOf[count] ?? 0;
      } else {
        at = writeInteger(view, at, upper);
        view.setUint32(at, lower, true);
        at += 4;
      }

      source = storeAt[s] ?? 0;
      for (let k = 0; k < storeBytes; k += TURN) {
        view.setFloat64(at + k, view.getFloat64(source + k, true), true);
        view.setFloat64(at + k + 8, view.getFloat64(source + k + 8, true), true);
        view.setFloat64(at + k + 16, view.getFloat64(source + k + 16, true), true);
        view.setFloat64(at + k + 24, view.getFloat64(source + k + 24, true), true);
      }
      at += storeLength[s] ?? 0;
      source = productAt[p] ?? 0;
      for (let k = 0; k < productBytes; k += TURN) {
        view.setFloat64(at + k, view.getFloat64(source + k, true), true);
        view.setFloat64(at + k + 8, view.getFloat64(source + k + 8, true), true);
        view.setFloat64(at + k + 16, view.getFloat64(source + k + 16, true), true);
        view.setFloat64(at + k + 24, view.getFloat64(source + k + 24, true), true);
      }
      at += productLength[p] ?? 0;

      at = writeInteger(view, at, quantityDelta[n] ?? 0);
      const stock = currentStock[n] ?? 0;
      const threshold = minThreshold[n] ?? 0;
      view.setFloat64(at, stockKey[0], true);
      view.setFloat64(at + 8, stockKey[1], true);
      view.setUint8(at + 16, 0x3a);
      at = writeInteger(view, at + 17, stock);
      view.setFloat64(at, thresholdKey[0], true);
      view.setFloat64(at + 8, thresholdKey[1], true);
      view.setUint8(at + 16, 0x3a);
      at = writeInteger(view, at + 17, threshold);
      view.setFloat64(at, onOrderKey[0], true);
      view.setUint32(at + 8, onOrderKey[1], true);
      at = writeInteger(view, at + 12, onOrder[n] ?? 0);
      view.setFloat64(at, lowKey[0], true);
      view.setFloat64(at + 8, lowKey[1], true);
      const low = stock < threshold;
      view.setFloat64(at + 16, low ? trueEnd : falseEnd, true);
      at += low ? 22 : 23;
    }
    this.length = at - out;
    this.#hourMs = hourMs;
    return n;
  }
}
