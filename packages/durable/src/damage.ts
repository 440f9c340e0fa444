import { DurableError } from './errors.js';

/** A place of a log that is not as it was written. */
export interface LogDamage {
  /** The damaged file. */
  readonly path: string;
  /** Number of the damaged segment. */
  readonly segment: number;
  /** Where the damage begins in that file, in bytes from 0. */
  readonly offset: number;
  /** What is there and cannot be read; empty where something is missing. */
  readonly bytes: Buffer;
  /** What is wrong there, as a sentence. */
  readonly problem: string;
  /** How many entries are missing there; undefined if nothing says so. */
  readonly missing: number | undefined;
  /** The number that the one missing entry was appended with, where its header is sound. */
  readonly tag: number | undefined;
  /** What stands where the payload of the one missing entry was; its bytes are not those that were written. */
  readonly payload: Buffer | undefined;
}

/** Takes a damage: throws it, or keeps it for who salvages. */
export type Report = (
  damage: Pick<LogDamage, 'path' | 'segment' | 'offset' | 'problem'> & Partial<LogDamage>,
) => void;

/** Refuses what is damaged, or lists it. */
export function reportTo(
  damages: LogDamage[],
  salvage: boolean,
  onSalvaged: (damage: LogDamage) => void,
): Report {
  return ({ bytes = Buffer.alloc(0), missing, tag, payload, ...rest }) => {
    const damage = { ...rest, bytes, missing, tag, payload };
    if (!salvage) throw damaged(damage);
    damages.push(damage);
    onSalvaged(damage);
  };
}

function damaged({ path, offset, problem, missing }: LogDamage): DurableError {
  const entries =
    missing === undefined || missing === 0
      ? ''
      : `. ${missing} ${missing === 1 ? 'entry is' : 'entries are'} lost`;
  const whole = `${problem}${entries}`;
  return new DurableError(
    'LOG_DAMAGED',
    `The log ${path} is damaged at byte ${offset}: ${whole}. Nothing was changed. Bring the folder back from a copy, or open the log with \`onDamage: 'salvage'\`, which passes over what is damaged and says what that was.`,
    { path, offset, problem: whole },
  );
}
