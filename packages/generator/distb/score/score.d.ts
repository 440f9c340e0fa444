import type { ShardClock } from '../day/shard-clock.js';
import type { Product } from '../model/products.js';
import type { Costs } from './costs.js';
import type { Score } from './score-record.js';
/** Simulates a world once, from `startMs` to `untilMs`, and scores it. The clock stands at the world's start. */
export declare function scoreOf(clock: ShardClock, startMs: number, untilMs: number, costs: Costs): Score;
/** Categories of products, in the order of their first product. */
export declare const categoriesOf: (products: readonly Product[]) => readonly string[];
//# sourceMappingURL=score.d.ts.map