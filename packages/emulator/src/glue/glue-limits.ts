/** What the expressions of one request may claim of the endpoint. */
export const glueLimits: {
  /** Parentheses and NOTs within each other in an expression of GetPartitions. */
  readonly nested: number;
  /** Steps of matching names that one GetTables may take; ordinary patterns take about ten for a name. */
  readonly patternSteps: number;
} = Object.freeze({
  nested: 64,
  patternSteps: 4_000_000,
});
