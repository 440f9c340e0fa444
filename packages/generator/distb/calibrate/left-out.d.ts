import { type Panel } from './panel.js';
/** Leaves out series without a sale in the last year of the history, and stores and products that then have none. */
export declare function leaveOut(panel: Panel): {
    readonly panel: Panel;
    readonly left: readonly string[];
};
//# sourceMappingURL=left-out.d.ts.map