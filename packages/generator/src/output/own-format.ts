import type { GlueColumn, RowEnding } from '@store/schema';
import { wrong } from '../errors.js';
import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import { extraValues, fragmentsOf, type ExtraPiece, type ExtraValues } from '../own/extra-values.js';
import type { ExtraColumn, ProductInput, StoreInput } from '../own/world-file.js';
import { EventBatch } from './event-batch.js';
import type { BatchEncoder, EventFormat, FormatWorld } from './event-format.js';

/** What a function of extra fields is given beside the event: store and product, those of one's own as they were given. */
export interface ExtraContext {
  /** Store of the event. */
  readonly store: StoreInput;
  /** Product of the event. */
  readonly product: ProductInput;
}

/** Returns further fields for an event. */
export type ExtraFields<E> = (event: E, context: ExtraContext) => object;

/** A format as one world uses it: with the names of each store's language and the extra columns. */
export interface OpenFormat<E> {
  readonly columns: readonly GlueColumn[];
  readonly extra: readonly ExtraValues[];
  readonly eventAt: (batch: EventBatch, n: number) => E;
  readonly encoder: () => BatchEncoder;
}

/** Opens a format for a shard. @throws WorldError `INVALID_OPTION` */
export function openFormat<E>(
  format: EventFormat<E>,
  world: FormatWorld,
  declared: readonly ExtraColumn[],
  fields: ExtraFields<E> | undefined,
): OpenFormat<E> {
  const { stores, products } = world;
  const extra = extraValues(declared, stores, products, format.columns);
  const labels = labelsOf(stores, products);
  const byLanguage = labels?.products.map((translated) => ({ ...world, products: translated }));
  const languageAt = (batch: EventBatch, n: number): number => labels?.languageOf[batch.store[n] ?? 0] ?? 0;

  function eventAt(batch: EventBatch, n: number): E {
    const event = format.eventAt(byLanguage?.[languageAt(batch, n)] ?? world, batch, n);
    if (extra.length === 0 && fields === undefined) return event;
    const [s, p] = [batch.store[n] ?? 0, batch.product[n] ?? 0];
    // Its fields are those of E and the declared ones, by the type of `createWorld`.
    const whole: E = extra.length === 0 ? event : Object.assign({}, event, valuesAt(extra, s, p));
    if (fields === undefined) return whole;
    const [store, product] = [stores[s], products[p]];
    if (store === undefined || product === undefined) throw new RangeError(`The batch has no event ${n}.`);
    const context = { store: store.input ?? store, product: product.input ?? product };
    return withFields(whole, fields(whole, context));
  }

  function encoder(): BatchEncoder {
    const all = labels === undefined ? world : { ...world, products: labels.products.flat() };
    let rows = format.encoder(all);
    if (extra.length > 0) rows = withExtra(rows, extra, products.length);
    return labels === undefined ? rows : withLanguages(rows, labels.languageOf, products.length);
  }

  const columns = Object.freeze([...format.columns, ...extra.map(({ column }) => column)]);
  return { columns, extra, eventAt, encoder };
}

/** An event with the fields of a function, none of which may hide one that it has. @throws WorldError */
function withFields<E>(event: E, given: object): E {
  const added: unknown = given;
  const isObject = typeof added === 'object' && added !== null && !Array.isArray(added);
  if (!isObject || 'then' in added) {
    throw wrong('extra', added, 'the function did not return an object of fields; return { name: value }.');
  }
  const has = Object(event) as object; // a format may make events of any type
  for (const name of Object.keys(added)) {
    if (name in has) {
      throw wrong(
        'extra',
        name,
        `the function returned '${name}', which the events have already; take another name.`,
      );
    }
  }
  return Object.assign({}, event, added);
}

function valuesAt(extra: readonly ExtraValues[], s: number, p: number): object {
  return Object.fromEntries(
    extra.map(({ name, by, values }) => [name, values[by === 'store' ? s : by === 'product' ? p : 0]]),
  );
}

interface Labels {
  /** Products with their names in each language. */
  readonly products: readonly (readonly Product[])[];
  /** Language of each store. */
  readonly languageOf: Int32Array;
}

/** Names by language, where products have them; the store's, else the first. */
function labelsOf(stores: readonly Store[], products: readonly Product[]): Labels | undefined {
  if (!products.some(({ input }) => typeof input?.product_name === 'object')) return undefined;
  const languages = [...new Set(stores.map(({ language = '' }) => language))];
  if (languages.length === 0) return undefined;
  return {
    products: languages.map((language) => products.map((product) => inLanguage(product, language))),
    languageOf: Int32Array.from(stores, ({ language = '' }) => languages.indexOf(language)),
  };
}

function inLanguage(product: Product, language: string): Product {
  const names = product.input?.product_name;
  if (typeof names !== 'object' || !Object.hasOwn(names, language)) return product;
  return Object.freeze({ ...product, product_name: names[language] ?? product.product_name });
}

/** Rows that are written at a time: a buffer that is nearly full takes few. */
const AT_ONCE = 64;

/** The dictionary of products has all of them in each language, one after the other. */
function withLanguages(rows: BatchEncoder, languageOf: Int32Array, products: number): BatchEncoder {
  const move = ({ store, product }: EventBatch, from: number, to: number, sign: 1 | -1): void => {
    for (let n = from; n < to; n++)
      product[n] = (product[n] ?? 0) + sign * products * (languageOf[store[n] ?? 0] ?? 0);
  };
  return {
    rowBytes: rows.rowBytes,
    encode(batch, from, to, buffer) {
      const end = Math.min(to, from + AT_ONCE);
      // The column is the encoder's own for so long, and put back before anybody else looks.
      move(batch, from, end, 1);
      try {
        return rows.encode(batch, from, end, buffer);
      } finally {
        move(batch, from, end, -1);
      }
    },
  };
}

/** Writes the fragments of extra columns over the end of each line. */
function withExtra(rows: BatchEncoder, extra: readonly ExtraValues[], products: number): BatchEncoder {
  const ending = new ExtraEnding(extra, products);
  const rowBytes = rows.rowBytes + ending.bytes;
  return {
    rowBytes,
    encode(batch, from, to, buffer) {
      const { bytes } = buffer;
      ending.batch = batch;
      const own = { bytes, length: buffer.length, ending };
      let n = from;
      if (rows.takesEnding === true) n = rows.encode(batch, from, to, own);
      else {
        // A format that knows nothing of endings writes row by row, which costs a fifth of a line more.
        const out = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        for (const last = bytes.length - rowBytes; n < to && own.length <= last; n++) {
          rows.encode(batch, n, n + 1, own);
          own.length = ending.write(out, own.length - 2, n);
        }
      }
      buffer.length = own.length;
      return n;
    },
  };
}

/**
 * The ends of lines with extra columns, of the batch that is written now: the bytes of neighbouring columns of a store, a
 * product or all are one copy, in the encoder's own loop (bench/own-columns.bench.ts).
 */
class ExtraEnding implements RowEnding {
  readonly bytes: number;
  batch: EventBatch = new EventBatch(0);
  readonly #pieces: readonly ExtraPiece[];
  readonly #products: number;

  constructor(extra: readonly ExtraValues[], products: number) {
    const { pieces, longest } = fragmentsOf(extra);
    this.#pieces = pieces;
    this.#products = products;
    this.bytes = longest + 2;
  }

  write(out: DataView, from: number, n: number): number {
    const { batch } = this;
    let at = from;
    for (const { by, lengths, bytes, view } of this.#pieces) {
      // A product's position may be that of its name in some language.
      const place =
        by === 'store'
          ? (batch.store[n] ?? 0)
          : by === 'product'
            ? (batch.product[n] ?? 0) % this.#products
            : 0;
      for (let copied = 0, start = place * bytes; copied < bytes; copied += 8) {
        out.setInt32(at + copied, view.getInt32(start + copied, true), true);
        out.setInt32(at + copied + 4, view.getInt32(start + copied + 4, true), true);
      }
      at += lengths[place] ?? 0;
    }
    out.setUint16(at, 0x7d0a);
    return at + 2;
  }
}
