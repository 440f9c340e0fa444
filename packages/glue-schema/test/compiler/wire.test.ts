import { expectTypeOf, test } from 'vitest';
import type { Decimal, Int32, IsoTimestamp, Json, Wire } from '../../src/index.js';

interface Visit {
  id: string;
  at: Date;
  ok: true;
  ratio: 0.5 | 1;
}

interface Price {
  toJSON(): string | null;
}

interface Note {
  toJSON(): string | undefined;
}

interface Everything {
  tagged: Int32;
  total: Decimal<10, 2>;
  when: IsoTimestamp;
  count: bigint;
  exact: 10n;
  maybe: string | undefined;
  optional?: Date;
  nothing: undefined;
  act(): void;
  callback: () => void;
  mark: symbol;
  price: Price;
  note: Note;
  prices: Price[];
  notes: readonly Note[];
  pair: [Date, string?];
  map: Record<string, Date>;
  open: unknown;
  nested: { at: Date | null };
  // eslint-disable-next-line @typescript-eslint/no-wrapper-object-types -- a box is what it holds
  boxed: Number;
  byKey: Map<string, number>;
  kept: Json<{ at: Date }>;
  any: Json;
}

type Movement = { kind: 'sale'; at: Date } | { kind: 'move'; to: string };

test('a wire type is what JSON.stringify writes', () => {
  expectTypeOf<Wire<Visit>>().toEqualTypeOf<{ id: string; at: string; ok: true; ratio: 0.5 | 1 }>();
  expectTypeOf<Wire<Movement>>().toEqualTypeOf<{ kind: 'sale'; at: string } | { kind: 'move'; to: string }>();
  expectTypeOf<Wire<bigint>>().toEqualTypeOf<string>();
  expectTypeOf<Wire<unknown>>().toEqualTypeOf<unknown>();
  expectTypeOf<Wire<Everything>>().toEqualTypeOf<{
    tagged: Int32;
    total: Decimal<10, 2>;
    when: IsoTimestamp;
    count: string;
    exact: '10';
    price: string | null;
    prices: (string | null)[];
    notes: readonly (string | null)[];
    pair: [string, (string | null)?];
    map: Record<string, string>;
    nested: { at: string | null };
    boxed: number;
    byKey: Record<string, never>;
    kept: { at: string };
    any: Json;
    maybe?: string;
    optional?: string;
    note?: string;
    open?: unknown;
  }>();
});
