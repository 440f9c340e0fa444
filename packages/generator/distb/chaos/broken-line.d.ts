/** Number of the fault `corrupt` in a batch. */
export declare const CORRUPT = 1;
/** A line that is not the JSON of its type any more; `choice` is the event's own number. */
export declare function brokenLine(fault: number, event: unknown, choice: number): string;
//# sourceMappingURL=broken-line.d.ts.map