import { type OptionRules } from '@store/foundation';
import type { CalendarInput, DemandInput, OwnWorld, WorldFile } from './world-file.js';
export declare const calendarRules: OptionRules<CalendarInput>;
export declare const demandRules: OptionRules<DemandInput>;
/** Rules of the parts of a world that are one's own data, of a world file and of `createWorld`. */
export declare const ownRules: OptionRules<OwnWorld & {
    readonly network: unknown;
}>;
/** Rules of a whole world file. */
export declare const worldFileRules: OptionRules<WorldFile & {
    readonly network: unknown;
}>;
//# sourceMappingURL=world-rules.d.ts.map