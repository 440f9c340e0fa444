/** One thing that was found in a data folder. */
export interface DataFolderFinding {
  /**
   * `damage`: bytes are not as they were written, or are missing; `unreadable`: a file of another release, or one that
   * the disk does not give; `torn`: a write that never ended, cut off by the next start; `kept`: what an earlier start
   * cut off or passed over; `quarantine` and `errorOutput`: records that could not become rows; `undelivered`: records
   * that go out with the next start; `olderFormat`: a file that the next start converts; `inUse`: who serves the folder.
   */
  readonly kind:
    | 'damage'
    | 'unreadable'
    | 'torn'
    | 'kept'
    | 'quarantine'
    | 'errorOutput'
    | 'undelivered'
    | 'olderFormat'
    | 'inUse';
  /** The file or folder. */
  readonly path: string;
  /** What is to be known of it, as sentences. */
  readonly detail: string;
}

/** A write that never ended. */
export function tornFinding({
  path,
  offset,
  bytes,
}: {
  path: string;
  offset: number;
  bytes: number;
}): DataFolderFinding {
  const detail =
    offset === 0
      ? `A process made it and ended before it put an entry in; the next start takes it away.`
      : bytes === 0
        ? `It ends at byte ${offset} without the mark that is behind each write: a write never ended, or the file was cut there.`
        : `Its last ${bytes} bytes, from byte ${offset} on, are a write that never ended; the next start cuts them off and keeps them beside it.`;
  return { kind: 'torn', path, detail };
}

/** A file that this release does not read, or that the disk does not give. */
export function unreadable(path: string, error: unknown): DataFolderFinding {
  return { kind: 'unreadable', path, detail: error instanceof Error ? error.message : String(error) };
}
