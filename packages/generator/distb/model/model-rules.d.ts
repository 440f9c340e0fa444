import { type OptionRule, type OptionRules } from '@store/foundation';
import type { WorldModel } from './world-model.js';
/** Accepts a list of sales factors of this length; 0 is closed, and one at least is not. */
export declare function salesFactors(length: number): OptionRule;
/** What a model of one's own may hold: every value of it, for `checkOptions`. */
export declare const modelRules: OptionRules<WorldModel>;
/** Checks what two values of a model say together. @throws WorldError `INVALID_OPTION` */
export declare function checkTogether(model: WorldModel, path: string): void;
//# sourceMappingURL=model-rules.d.ts.map