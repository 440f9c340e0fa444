/** What an entry of a stream's log is about; the numbers are on disk and never change their meaning. */
export const entryKinds = { put: 1, seal: 2, delivered: 3, schema: 4, transformed: 5 } as const;

const KINDS = 256;

/** The tag of a call's entry: its kind and how many records it has, so that damage to the entry leaves their number. */
export function putTag(records: number): number {
  return entryKinds.put + KINDS * records;
}

/** What an entry is about, by its tag; those of earlier releases have no number of records. */
export function kindOf(tag: number): number {
  return tag % KINDS;
}

/** How many records the entry of a call has, by its tag; 0 if the tag does not say. */
export function recordsOf(tag: number): number {
  return Math.floor(tag / KINDS);
}
