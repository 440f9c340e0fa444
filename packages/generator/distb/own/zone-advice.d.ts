/**
 * Says what to write for a time zone that the table does not have. Of a zone that the engine knows it is the rule; only
 * the text of an error depends on the engine's tables, no event.
 */
export declare function zoneAdvice(name: string): string;
//# sourceMappingURL=zone-advice.d.ts.map