import type { Randomness } from '../model/randomness.js';
import type { WorldModel } from '../model/world-model.js';
import type { ExtraColumn, OwnWorld, PolicyName, StoreInput } from './world-file.js';
/** A world's own data, checked, copied and frozen. */
export interface OwnSettings {
    readonly data: OwnWorld;
    readonly extra: readonly ExtraColumn[];
    /** Whether days differ from the preset's: not of a policy or extra columns alone. */
    readonly ownDays: boolean;
    /** What sets this data apart, for the world's fingerprint. */
    readonly digest: string;
}
/** The parts of the options that are data of one's own; a function as `extra` is none. */
type Given = Omit<OwnWorld, 'extra' | 'policy'> & {
    readonly policy: PolicyName | undefined;
    readonly extra?: unknown;
};
/** Checks and copies the data of one's own in a world's options; undefined where there is none. @throws WorldError */
export declare function settleOwn(options: Given, model: WorldModel, randomness: Randomness): OwnSettings | undefined;
/** Currencies without a smaller unit (ISO 4217, 2026-01-01). */
export declare const withoutHundredths: readonly string[];
export declare function currencyFor(store: StoreInput, s: number): string;
/** What is thrown where lines are asked for of a world whose extra fields only a function knows. */
export declare function extraProblem(path: string, value: unknown): Error;
export {};
//# sourceMappingURL=own-settings.d.ts.map