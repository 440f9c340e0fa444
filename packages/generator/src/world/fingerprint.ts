import { threefry2x32 } from '../model/threefry.js';
import { MODEL_VERSION } from '../model/model-version.js';
import type { WorldSettings } from './options.js';

/**
 * Eight hexadecimal digits of everything that decides what happens, so that events of two worlds do not share an
 * `event_id`. Length, shard and chaos do not count: they choose among the same events.
 */
export function fingerprintOf(settings: WorldSettings): string {
  const { seed, stores, products, startMs, model, replenishment } = settings;
  const text = JSON.stringify([MODEL_VERSION, seed, stores, products, startMs, model, replenishment]);
  const out = Uint32Array.of(0x9e3779b1, 0x85ebca6b);
  for (let n = 0; n < text.length; n++) {
    threefry2x32(out, seed >>> 0, text.charCodeAt(n), (out[0] ?? 0) ^ n, out[1] ?? 0);
  }
  return (out[0] ?? 0).toString(16).padStart(8, '0');
}
