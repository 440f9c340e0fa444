import type { CommonFlags } from '../options/common-options.js';
import type { WorldFlags } from '../options/world-flags.js';

/** Flags of `store demo`. */
export interface DemoFlags extends CommonFlags, WorldFlags {
  readonly out: string;
}
