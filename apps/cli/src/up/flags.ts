import type { CommonFlags } from '../options/common-options.js';
import type { WorldFlags } from '../options/world-options.js';

/** Flags of `store up`. */
export interface UpFlags extends CommonFlags, WorldFlags {
  readonly port: number;
  readonly data: string;
  readonly speed: number;
}
