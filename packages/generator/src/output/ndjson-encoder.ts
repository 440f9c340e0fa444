import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import { ByteArena, byteLength } from './byte-arena.js';
import { clock, padded, writeInteger } from './digits.js';
import { eventTypes, type EventBatch } from './event-batch.js';

const HOUR_MS = 3_600_000;
/** Room for everything of a line that is not the store's, the product's or the type's fragment. */
const REST_BYTES = 256;

const sequenceKey = '","sequence":';
const stockKey = ',"current_stock":';
const thresholdKey = ',"min_threshold":';
const onOrderKey = ',"on_order":';
const lowEnd = ',"is_low_stock":true}\n';
const fineEnd = ',"is_low_stock":false}\n';

/** Gives the line of an event that is not written the usual way: one that chaos broke, or of another format. */
export type BrokenLine = (batch: EventBatch, n: number) => string;

/**
 * Writes events as lines of JSON straight into bytes: the same bytes as `JSON.stringify` of the event, at a small
 * part of its cost (bench/ndjson.bench.ts). What does not change from event to event lies ready as fragments.
 */
export class NdjsonEncoder {
  /** Bytes written since `clear`. */
  length = 0;
  readonly #arena: ByteArena;
  readonly #room: number;
  readonly #out: number;
  readonly #longest: number;
  readonly #heads: number;
  readonly #headLength: number;
  readonly #headStep: number;
  readonly #storeAt: Int32Array;
  readonly #storeLength: Int32Array;
  readonly #productAt: Int32Array;
  readonly #productLength: Int32Array;
  /** Length of a product's fragment before its price. */
  readonly #priceFrom: Int32Array;
  readonly #priceCents: Int32Array;
  readonly #typeAt: Int32Array;
  readonly #typeLength: Int32Array;
  readonly #constants: Readonly<
    Record<'sequence' | 'stock' | 'threshold' | 'onOrder' | 'low' | 'fine', number>
  >;
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
    this.#always = always;
    this.#broken = broken;
    const heads = stores.map(
      (store) => `{"event_id":"${fingerprint}-${String(store.index + 1).padStart(6, '0')}-`,
    );
    const storeTexts = stores.map(storeText);
    const productTexts = products.map(productText);
    const typeTexts = eventTypes.map((type) => `","event_type":"${type}","event_time":"0000-00-00T00:`);
    const keys = [sequenceKey, stockKey, thresholdKey, onOrderKey, lowEnd, fineEnd];
    const longest = (texts: readonly string[]): number =>
      texts.reduce((most, text) => Math.max(most, byteLength(text)), 0);
    this.#headLength = longest(heads);
    this.#longest =
      this.#headLength + longest(storeTexts) + longest(productTexts) + longest(typeTexts) + REST_BYTES;
    this.#room = Math.max(chunkBytes, this.#longest);
    const fragments = [...heads, ...storeTexts, ...typeTexts, ...keys];
    const total =
      fragments.reduce((sum, text) => sum + byteLength(text) + 32, 0) +
      productTexts.reduce((sum, text) => sum + byteLength(text) + 64, 0);
    this.#arena = new ByteArena(total + this.#room);

    this.#heads = this.#arena.free;
    let step = 0;
    for (const head of heads) {
      const at = this.#arena.reserve(this.#headLength);
      this.#arena.write(at, head);
      step = this.#arena.free - at;
    }
    this.#headStep = step;
    [this.#storeAt, this.#storeLength] = this.#place(storeTexts, 0);
    [this.#productAt, this.#priceFrom] = this.#place(productTexts, 32);
    [this.#typeAt, this.#typeLength] = this.#place(typeTexts, 0);
    const [at] = this.#place(keys, 0);
    this.#constants = {
      sequence: at[0] ?? 0,
      stock: at[1] ?? 0,
      threshold: at[2] ?? 0,
      onOrder: at[3] ?? 0,
      low: at[4] ?? 0,
      fine: at[5] ?? 0,
    };
    this.#productLength = this.#priceFrom.slice();
    this.#priceCents = new Int32Array(products.length).fill(-1);
    this.#out = this.#arena.reserve(this.#room);
  }

  /** The bytes written, lent until the next `encode`. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#arena.bytes.subarray(this.#out, this.#out + this.length);
  }

  /** Writes events of a batch from `from` on until the chunk is full; the position of the first one left. */
  encode(batch: EventBatch, from: number): number {
    const { view } = this.#arena;
    const { time, sequence, store, product, type, fault } = batch;
    const { quantityDelta, currentStock, minThreshold, onOrder, unitPriceCents } = batch;
    const storeAt = this.#storeAt;
    const storeLength = this.#storeLength;
    const productAt = this.#productAt;
    const productLength = this.#productLength;
    const priceCents = this.#priceCents;
    const typeAt = this.#typeAt;
    const typeLength = this.#typeLength;
    const heads = this.#heads;
    const headLength = this.#headLength;
    const headStep = this.#headStep;
    const constants = this.#constants;
    const always = this.#always;
    const last = this.#out + this.#room - this.#longest;
    let at = this.#out + this.length;
    let n = from;
    for (; n < batch.length && at <= last; n++) {
      if (fault[n] !== 0 || always) {
        const line = this.#broken(batch, n);
        at += this.#arena.write(at, line);
        continue;
      }
      const ms = time[n] ?? 0;
      let inHour = ms - this.#hourMs;
      if (!(inHour >= 0 && inHour < HOUR_MS)) {
        this.#turnTo(Math.floor(ms / HOUR_MS) * HOUR_MS);
        inHour = ms - this.#hourMs;
      }
      const s = store[n] ?? 0;
      const p = product[n] ?? 0;
      const t = type[n] ?? 0;
      if (priceCents[p] !== unitPriceCents[n]) this.#price(p, unitPriceCents[n] ?? 0);
      const count = sequence[n] ?? 0;

      copy(view, at, heads + s * headStep, headLength);
      at += headLength;
      const upper = Math.floor(count / 10_000);
      const top = Math.floor(upper / 10_000);
      view.setUint16(at, (padded[top] ?? 0) >>> 16, true);
      view.setUint32(at + 2, padded[upper - top * 10_000] ?? 0, true);
      view.setUint32(at + 6, padded[count - upper * 10_000] ?? 0, true);
      at += 10;
      copy(view, at, typeAt[t] ?? 0, typeLength[t] ?? 0);
      // The fragment ends in "T00:"; its hour is right, its minutes follow.
      at += typeLength[t] ?? 0;
      const second = Math.floor(inHour / 1000);
      const milli = inHour - second * 1000;
      view.setUint32(at, clock[second * 2] ?? 0, true);
      view.setUint16(at + 4, clock[second * 2 + 1] ?? 0, true);
      view.setUint32(at + 6, ((padded[milli] ?? 0) >>> 8) | 0x5a000000, true);
      at += 10;
      copy(view, at, constants.sequence, sequenceKey.length);
      at = writeInteger(view, at + sequenceKey.length, count);
      copy(view, at, storeAt[s] ?? 0, storeLength[s] ?? 0);
      at += storeLength[s] ?? 0;
      copy(view, at, productAt[p] ?? 0, productLength[p] ?? 0);
      at = writeInteger(view, at + (productLength[p] ?? 0), quantityDelta[n] ?? 0);
      const stock = currentStock[n] ?? 0;
      const threshold = minThreshold[n] ?? 0;
      copy(view, at, constants.stock, stockKey.length);
      at = writeInteger(view, at + stockKey.length, stock);
      copy(view, at, constants.threshold, thresholdKey.length);
      at = writeInteger(view, at + thresholdKey.length, threshold);
      copy(view, at, constants.onOrder, onOrderKey.length);
      at = writeInteger(view, at + onOrderKey.length, onOrder[n] ?? 0);
      const low = stock < threshold;
      copy(view, at, low ? constants.low : constants.fine, lowEnd.length + 1);
      at += low ? lowEnd.length : fineEnd.length;
    }
    this.length = at - this.#out;
    return n;
  }

  /** Whether another line might not fit. */
  get full(): boolean {
    return this.length > this.#room - this.#longest;
  }

  #place(texts: readonly string[], spare: number): [at: Int32Array, length: Int32Array] {
    const at = new Int32Array(texts.length);
    const length = new Int32Array(texts.length);
    for (const [n, text] of texts.entries()) {
      at[n] = this.#arena.reserve(byteLength(text) + spare);
      length[n] = this.#arena.write(at[n] ?? 0, text);
    }
    return [at, length];
  }

  #turnTo(hourMs: number): void {
    this.#hourMs = hourMs;
    const text = `${new Date(hourMs).toISOString().slice(0, 13)}:`;
    for (const [t, at] of this.#typeAt.entries()) {
      this.#arena.write(at + (this.#typeLength[t] ?? 0) - text.length, text);
    }
  }

  #price(p: number, cents: number): void {
    this.#priceCents[p] = cents;
    const from = this.#priceFrom[p] ?? 0;
    const text = `${JSON.stringify(cents / 100)},"quantity_delta":`;
    this.#productLength[p] = from + this.#arena.write((this.#productAt[p] ?? 0) + from, text);
  }
}

function storeText({ store_id, store_name, location }: Store): string {
  const fields = JSON.stringify({ store_id, store_name, location });
  return `,${fields.slice(1, -1)},`;
}

function productText({ product_id, product_name, category }: Product): string {
  return `${JSON.stringify({ product_id, product_name, category }).slice(1, -1)},"unit_price":`;
}

// Four words a turn: half the cost of one a turn, since a fragment is some forty words.
function copy(view: DataView, to: number, from: number, length: number): void {
  let n = 0;
  for (; n + 24 < length; n += 32) {
    view.setFloat64(to + n, view.getFloat64(from + n, true), true);
    view.setFloat64(to + n + 8, view.getFloat64(from + n + 8, true), true);
    view.setFloat64(to + n + 16, view.getFloat64(from + n + 16, true), true);
    view.setFloat64(to + n + 24, view.getFloat64(from + n + 24, true), true);
  }
  for (; n < length; n += 8) view.setFloat64(to + n, view.getFloat64(from + n, true), true);
}
