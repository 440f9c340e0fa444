import { threefry2x32 } from '../model/threefry.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';

/**
 * Version of what a seed means. It rises whenever any world's events change, with the golden hash in the tests:
 * same version, same seed, same options: same bytes, on every engine.
 */
export const MODEL_VERSION = 2;

/** Everything that decides what happens in a world. */
export interface WorldIdentity {
  readonly seed: number;
  readonly stores: number;
  readonly products: number;
  readonly startMs: number;
  /** Name of the format. */
  readonly format: string;
  readonly model: WorldModel;
  readonly replenishment: 'policy' | 'deliveries';
  /** Of the data of one's own; undefined without. */
  readonly ownDigest?: string | undefined;
}

/**
 * Eight hexadecimal digits of everything that decides what happens, so that events of two worlds do not share an
 * `event_id`. Length, shard and chaos do not count: they choose among the same events.
 */
export function fingerprintOf(world: WorldIdentity): string {
  const { seed, stores, products, startMs, format, model, replenishment, ownDigest } = world;
  const described = { format, ...model };
  const own = ownDigest === undefined ? [] : [ownDigest];
  const parts = [MODEL_VERSION, seed, stores, products, startMs, described, replenishment, ...own];
  const text = JSON.stringify(parts);
  const out = Uint32Array.of(0x9e3779b1, 0x85ebca6b);
  for (let n = 0; n < text.length; n++) {
    threefry2x32(out, seed >>> 0, text.charCodeAt(n), (out[0] ?? 0) ^ n, out[1] ?? 0);
  }
  return (out[0] ?? 0).toString(16).padStart(8, '0');
}

/** Digits of a store's sequence in the identifiers of its events. */
const SEQUENCE_DIGITS = 10;

/** What the identifiers of a store's events begin with: the world's fingerprint and the store's number. */
export function eventIdPrefix(fingerprint: string, { index }: Store): string {
  return `${fingerprint}-${String(index + 1).padStart(6, '0')}-`;
}

/** Identifier of an event: its prefix and the store's sequence, all of fixed width. */
export function eventId(fingerprint: string, store: Store, sequence: number): string {
  return eventIdPrefix(fingerprint, store) + String(sequence).padStart(SEQUENCE_DIGITS, '0');
}
