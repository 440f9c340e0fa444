import type { HolidayFactors } from '../own/world-file.js';
import type { HolidayEffects } from './holiday-effects.js';
import type { Panel } from './panel.js';
/**
 * The factors of a calendar's stores, with 0 for days on which all of them were closed; days that move are dates of each
 * year up to ten years on. False where no day differs.
 */
export declare function holidaysFound(panel: Panel, effects: HolidayEffects): HolidayFactors | false;
//# sourceMappingURL=holidays-found.d.ts.map