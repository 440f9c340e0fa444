import {
  DurableError,
  openLog,
  type Log,
  type LogDamage,
  type LogOptions,
  type TornTail,
} from '@store/durable';
import { type DamagePolicy, diskFailed, refused } from './damage-policy.js';
import { advised, EmulatorError } from './errors.js';

/** A log of the endpoint, and what is said when something of it is missing. */
export interface EndpointLogOptions extends Omit<LogOptions, 'onDamage'> {
  readonly policy: DamagePolicy;
  /** What is missing for a damage, as a whole sentence. */
  readonly missing: (damage: LogDamage) => string;
}

/** Opens a log of the endpoint; what is wrong with it is told of in the endpoint's own words. */
export function openEndpointLog(folder: string, { policy, missing, ...options }: EndpointLogOptions): Log {
  const { onDamage, report } = policy;
  // The place at which it is refused names no entry: what is missing is counted when it is passed over.
  let log: Log;
  try {
    log = openLog(folder, { ...options, onDamage });
  } catch (cause) {
    if (cause instanceof EmulatorError) throw cause;
    if (!(cause instanceof DurableError)) throw diskFailed(folder, cause);
    if (cause.code === 'LOG_FORMAT') throw olderFormat(folder, cause);
    const { path = folder, offset = 0 } = cause;
    const said = cause.problem ?? cause.message;
    const problem = cause.code === 'LOG_DAMAGED' ? `byte ${offset}: ${said}` : said;
    throw refused({ path, problem, missing: 'Nothing was read behind that place.', cause });
  }
  const { damages, torn } = log.recovery;
  for (const damage of damages) {
    const { path, offset, problem } = damage;
    report(
      new EmulatorError(
        'SALVAGED',
        `The log ${path} is damaged at byte ${offset}: ${problem}. ${missing(damage)}${damage.bytes.length === 0 ? '' : ` Its bytes stay in ${path}, which becomes ${path}.damaged when the log continues without it.`}`,
      ),
    );
  }
  if (torn !== undefined) report(tornWrite(torn));
  return log;
}

/** How many entries are missing for a damage, in words. */
export function countOf({ missing }: LogDamage): string {
  if (missing === undefined) return 'An unknown number of entries, at least one, is missing.';
  if (missing === 0) return 'No entry is missing.';
  return missing === 1 ? '1 entry is missing.' : `${missing} entries are missing.`;
}

/** What is said about calls that were not acknowledged when the process ended, unless the disk damaged them. */
function tornWrite({ path, offset, bytes, keptAt }: TornTail): EmulatorError {
  if (offset === 0) {
    const begun = `${path} was made and never begun: a process ended before it put an entry in.`;
    return new EmulatorError(
      'TORN_WRITE',
      keptAt === undefined ? begun : `${begun} Its ${bytes} bytes are kept as ${keptAt}.`,
    );
  }
  const what =
    bytes === 0
      ? `${path} ends at byte ${offset} without the mark that is behind each write: a write never ended, or the file was cut just there.`
      : `The last ${bytes} bytes of ${path}, from byte ${offset} on, are a write that never ended, and were cut off.`;
  const kept = keptAt === undefined ? '' : ` They are kept as ${keptAt}.`;
  return new EmulatorError(
    'TORN_WRITE',
    `${what}${kept} The calls in it were not acknowledged, unless the disk damaged what it had confirmed: then they are missing, and no other.`,
  );
}

/** The error for a folder that only an earlier release can read. */
export function olderFormat(folder: string, cause: DurableError): EmulatorError {
  return advised(
    'OLDER_FORMAT',
    `${folder} was written by another release, which was killed. Nothing was changed.`,
    'Start that release once on this folder and stop it: what it leaves then opens here.',
    { path: folder, cause },
  );
}
