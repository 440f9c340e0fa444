import { type OptionRule } from '@store/foundation';
/** A rule for a code that answers the code in small letters, or the English name of what it stands for, with the code. */
export declare function codeOf(rule: OptionRule, codes: readonly string[], type: 'region' | 'currency'): OptionRule;
export declare const id: OptionRule;
export declare const name: OptionRule;
/** Text that may be empty. */
export declare const anyText: OptionRule;
/** A value of a fact or of an extra column. */
export declare const scalar: OptionRule;
/** A real day of the calendar. */
export declare const dayRule: OptionRule;
/** The first rule that a kind of value has: a union of which each member tells its own problems. */
export declare function byKind(expected: string, kinds: Readonly<Record<string, OptionRule>>): OptionRule;
export declare const holidays: OptionRule;
export declare const hours: OptionRule;
/** The minutes since local midnight between which a store sells. */
export declare function sellingHours([opens, closes]: readonly [string, string]): readonly [
    opens: number,
    closes: number
];
/** An object with one key at least, each of which fits a rule. */
export declare function oneAtLeast(values: OptionRule, keys: OptionRule): OptionRule;
//# sourceMappingURL=value-rules.d.ts.map