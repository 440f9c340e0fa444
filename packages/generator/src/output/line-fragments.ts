import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import { ByteArena, byteLength } from './byte-arena.js';
import { eventTypes } from './event-batch.js';

/** Bytes that are copied in one turn; every fragment is copied in whole turns. */
export const TURN = 32;
/** Room for the numbers and keys of a line. */
const REST_BYTES = 256;
/** Room behind a product's fragment for its price and the next key. */
const PRICE_BYTES = 32;
const timeZero = '0000-00-00T00:00:00.000Z';

/**
 * What does not change from event to event, as bytes in one block, and room for the lines in the same block. All
 * fragments of a kind are copied at the longest one's length: the surplus is overwritten by what follows, and a loop
 * of one length is one that the processor foresees.
 */
export class LineFragments {
  readonly arena: ByteArena;
  /** Where lines begin, and their room. */
  readonly out: number;
  readonly room: number;
  /** More than any line needs. */
  readonly longest: number;

  /** A line up to its sequence, by event type: `{"event_id":"…","event_type":"…","event_time":"…","sequence":`. */
  readonly typeAt: Int32Array;
  readonly typeLength: Int32Array;
  /** Where, in a line, the time of a type begins. */
  readonly timeFrom: Int32Array;
  readonly typeTurns: number;
  /** Where, in a line, the store's number begins. */
  readonly storeFrom: number;
  /** Six digits of each store's number: the first four, the last two. */
  readonly storeHigh: Uint32Array;
  readonly storeLow: Uint16Array;

  readonly storeAt: Int32Array;
  readonly storeLength: Int32Array;
  readonly storeTurns: number;
  readonly productAt: Int32Array;
  /** With price and the key of the quantity. */
  readonly productLength: Int32Array;
  readonly productTurns: number;
  /** The price that each product's fragment holds now. */
  readonly priceCents: Int32Array;
  readonly #priceFrom: Int32Array;

  constructor(
    fingerprint: string,
    stores: readonly Store[],
    products: readonly Product[],
    chunkBytes: number,
  ) {
    const prefix = `{"event_id":"${fingerprint}-`;
    const types = eventTypes.map(
      (type) => `${prefix}000000-0000000000","event_type":"${type}","event_time":"${timeZero}","sequence":`,
    );
    const storeTexts = stores.map(storeText);
    const productTexts = products.map(productText);
    const turnsOf = (texts: readonly string[], spare = 0): number =>
      Math.ceil((texts.reduce((most, text) => Math.max(most, byteLength(text)), 0) + spare) / TURN);
    this.typeTurns = turnsOf(types);
    this.storeTurns = turnsOf(storeTexts);
    this.productTurns = turnsOf(productTexts, PRICE_BYTES);
    this.longest = (this.typeTurns + this.storeTurns + this.productTurns) * TURN + REST_BYTES;
    this.room = Math.max(chunkBytes, this.longest);
    const texts = [...types, ...storeTexts, ...productTexts];
    const total = texts.reduce((sum, text) => sum + byteLength(text) + PRICE_BYTES + 32, 0);
    this.arena = new ByteArena(total + this.room + 1024);

    [this.typeAt, this.typeLength] = this.#place(types);
    this.storeFrom = prefix.length;
    this.timeFrom = Int32Array.from(types, (text) => text.indexOf(timeZero));
    const numbers = stores.map(({ index }) => String(index + 1).padStart(6, '0'));
    this.storeHigh = Uint32Array.from(numbers, (digits) => word(digits.slice(0, 4)));
    this.storeLow = Uint16Array.from(numbers, (digits) => word(digits.slice(4)));
    [this.storeAt, this.storeLength] = this.#place(storeTexts);
    [this.productAt, this.#priceFrom] = this.#place(productTexts, PRICE_BYTES);
    this.productLength = this.#priceFrom.slice();
    this.priceCents = new Int32Array(products.length).fill(-1);
    this.out = this.arena.reserve(this.room);
  }

  /** Writes the hour of events to come into the fragments: `2026-01-05T00:`. */
  turnTo(hourMs: number): void {
    const text = `${new Date(hourMs).toISOString().slice(0, 13)}:`;
    for (const [t, at] of this.typeAt.entries()) this.arena.write(at + (this.timeFrom[t] ?? 0), text);
  }

  /** Gives a product another price. */
  price(p: number, cents: number): void {
    this.priceCents[p] = cents;
    const from = this.#priceFrom[p] ?? 0;
    const text = `${JSON.stringify(cents / 100)},"quantity_delta":`;
    this.productLength[p] = from + this.arena.write((this.productAt[p] ?? 0) + from, text);
  }

  #place(texts: readonly string[], spare = 0): [at: Int32Array, length: Int32Array] {
    const at = new Int32Array(texts.length);
    const length = new Int32Array(texts.length);
    for (const [n, text] of texts.entries()) {
      at[n] = this.arena.reserve(byteLength(text) + spare);
      length[n] = this.arena.write(at[n] ?? 0, text);
    }
    return [at, length];
  }
}

/** Up to four characters of ASCII as a little-endian word. */
function word(text: string): number {
  return Array.from(text).reduce((sum, digit, place) => sum + digit.charCodeAt(0) * 256 ** place, 0);
}

function storeText({ store_id, store_name, location }: Store): string {
  const fields = JSON.stringify({ store_id, store_name, location });
  return `,${fields.slice(1, -1)},`;
}

function productText({ product_id, product_name, category }: Product): string {
  return `${JSON.stringify({ product_id, product_name, category }).slice(1, -1)},"unit_price":`;
}
