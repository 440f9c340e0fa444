import type { Randomness } from '../model/randomness.js';
import { type Store } from '../model/stores.js';
import type { StoreInput } from './world-file.js';
/** Stores `first` to `last` (excluded) of a list of one's own. */
export declare function ownStores(inputs: readonly StoreInput[], first: number, last: number, randomness: Randomness): readonly Store[];
//# sourceMappingURL=own-stores.d.ts.map