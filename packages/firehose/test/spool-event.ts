import { createHash } from 'node:crypto';

/** A numbered event that shows any damage: `check` is a digest of the rest. */
export interface SpoolEvent {
  readonly id: number;
  readonly filler: string;
  readonly check: string;
}

function digest(id: number, filler: string): string {
  return createHash('md5').update(`${id} ${filler}`).digest('hex');
}

/** The event of a number; its length varies. */
export function spoolEvent(id: number): SpoolEvent {
  const filler = 'y'.repeat((id * 37) % 200);
  return { id, filler, check: digest(id, filler) };
}

/** The number of a received line. Throws if it is not exactly what was put. */
export function spoolEventId(line: string): number {
  const { id, filler, check } = JSON.parse(line) as SpoolEvent; // The digest below proves the shape.
  if (check !== digest(id, filler)) throw new Error(`A line was damaged: ${line}`);
  return id;
}
