/** What an entry of a stream's log is about; the numbers are on disk and never change their meaning. */
export const entryKinds = { put: 1, seal: 2, delivered: 3, schema: 4, transformed: 5 } as const;
