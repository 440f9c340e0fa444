import type { GlueColumn } from '@store/schema';
import { wrong } from '../errors.js';
import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import { isNo, isOfType } from './check-extra.js';
import type { ExtraColumn } from './world-file.js';

/** A value of an extra column. */
export type ExtraValue = string | number | boolean | null;

/** An extra column of a shard, as a dictionary: which column of a batch its position is, and the values. */
export interface ExtraValues {
  /** Name of the column. */
  readonly name: string;
  /** Whose position in a batch leads to the value; `world` has one value for all. */
  readonly by: 'store' | 'product' | 'world';
  /** Values by that position. */
  readonly values: readonly ExtraValue[];
  /** The column as Glue takes it. */
  readonly column: GlueColumn;
}

/** Looks up the values of declared columns for a shard. @throws WorldError `INVALID_OPTION` */
export function extraValues(
  declared: readonly ExtraColumn[],
  stores: readonly Store[],
  products: readonly Product[],
  taken: readonly GlueColumn[],
): readonly ExtraValues[] {
  return Object.freeze(
    declared.map((column, n) => {
      const { name, type, from, value } = column;
      const at = `extra[${n}]`;
      if (taken.some(({ Name }) => Name === name)) {
        throw wrong(`${at}.name`, name, `the events have a column '${name}' already; take another name.`);
      }
      const by = from === undefined ? 'world' : from.startsWith('store.') ? 'store' : 'product';
      const values =
        from === undefined
          ? [value ?? null]
          : by === 'store'
            ? stores.map((store) => fieldOf(from, storeFields(store)))
            : products.map((product) => fieldOf(from, productFields(product)));
      for (const one of values) {
        if (!isOfType(one, type))
          throw wrong(`${at}.${from === undefined ? 'value' : 'from'}`, one, isNo(type, one, from));
      }
      const Comment = from === undefined ? 'The same in every event.' : `The field ${from} of a world file.`;
      return Object.freeze({
        name,
        by,
        values: Object.freeze(values as readonly ExtraValue[]), // each was looked at above
        column: Object.freeze({ Name: name, Type: type, Comment }),
      });
    }),
  );
}

/** What a field of a store may be read from: as it was given, else as it is. */
function storeFields({ input, ...store }: Store): object {
  const { timeZone, location, currency } = store;
  return { ...store, ...input, currency, location, timeZone: timeZone.name };
}

const productFields = ({ input, ...product }: Product): object => ({ ...product, ...input });

function fieldOf(from: string, fields: object): unknown {
  let found: unknown = fields;
  for (const part of from.split('.').slice(1)) {
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, part)
        ? Reflect.get(found, part)
        : null;
  }
  return found ?? null;
}

/** Bytes of neighbouring columns that have one position in common: one entry each, all of one size. */
export interface ExtraPiece {
  readonly by: ExtraValues['by'];
  readonly lengths: Int32Array;
  /** Bytes of an entry, with what is copied beyond its end: a multiple of 8. */
  readonly bytes: number;
  readonly view: DataView;
}

/** The bytes of extra columns, `,"currency":"EUR"`, and how many they may be in one line. */
export function fragmentsOf(extra: readonly ExtraValues[]): {
  readonly pieces: readonly ExtraPiece[];
  readonly longest: number;
} {
  const runs: ExtraValues[][] = [];
  for (const column of extra) {
    const run = runs.at(-1);
    if (run?.[0]?.by === column.by) run.push(column);
    else runs.push([column]);
  }
  const pieces = runs.map(pieceOf);
  return { pieces, longest: pieces.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function pieceOf(run: readonly ExtraValues[]): ExtraPiece {
  const encoder = new TextEncoder();
  const texts = (run[0]?.values ?? []).map((_, at) =>
    encoder.encode(
      run
        .map(({ name, values }) => `,${JSON.stringify(name)}:${JSON.stringify(values[at] ?? null)}`)
        .join(''),
    ),
  );
  const bytes = 8 * Math.ceil(texts.reduce((most, { length }) => Math.max(most, length), 0) / 8);
  const memory = new Uint8Array(bytes * texts.length);
  for (const [at, text] of texts.entries()) memory.set(text, at * bytes);
  return {
    by: run[0]?.by ?? 'world',
    lengths: Int32Array.from(texts, ({ length }) => length),
    bytes,
    view: new DataView(memory.buffer),
  };
}
