import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DurableError, openLog, type Log, type LogDamage, type TornTail } from '@store/durable';
import { FirehoseError } from '../errors.js';
import { readCursor } from './cursor.js';
import { spoolCorruptError, spoolFormatError, spoolUnusableError } from './spool-errors.js';
import { SpoolSegment, type SpoolEntry } from './spool-entry.js';

/** Bytes of a segment that cannot be read as a record. */
export interface DamagedBytes {
  readonly data: Buffer;
  readonly error: FirehoseError;
}

/** What earlier processes have left. */
export interface Recovered {
  readonly log: Log;
  readonly entries: readonly SpoolEntry[];
  readonly segments: ReadonlyMap<number, SpoolSegment>;
  readonly damaged: readonly DamagedBytes[];
  /** How often the cursor was written. */
  readonly cursorCount: number;
}

/** Opens the log of a spool and finds the records that earlier processes have not delivered. */
export function recover(
  settings: {
    readonly dir: string;
    readonly durability: 'process' | 'disk';
    readonly segmentBytes: number;
    readonly onDamage: 'refuse' | 'salvage';
  },
  deliveryStreamName: string,
): Recovered {
  const { dir, durability, onDamage } = settings;
  refuseOlder(dir);
  removeOlderCursors(dir);
  const { cursor, count } = readCursor(dir);
  const segments = new Map<number, SpoolSegment>();
  const found: SpoolEntry[] = [];
  const log = openSpoolLog(dir, deliveryStreamName, {
    owner: deliveryStreamName,
    durability,
    segmentBytes: settings.segmentBytes,
    // Each segment goes when all it holds is delivered.
    gaps: true,
    onDamage,
    // A number that the cursor knows must not come again: it would pass for acknowledged.
    next: Math.max(0, ...cursor.keys()) + 1,
    onEntry: ({ tag, position }) => {
      const segment = segments.get(position.segment) ?? new SpoolSegment(position.segment);
      segments.set(segment.number, segment);
      found.push({ segment, index: segment.records++, position, events: tag });
    },
  });
  const { damages, torn } = log.recovery;
  for (const damage of damages) process.emitWarning(damageWarning(damage));
  if (torn !== undefined) process.emitWarning(tornWarning(torn));
  const damagedSegments = new Set(damages.map(({ segment }) => segment));
  const marks = new Map(
    [...cursor].map(([number, [low, sparse]]) => [number, { low, sparse: new Set(sparse) }]),
  );
  const entries = found.filter(({ segment, index }) => {
    // Damage shifts the indices, so the cursor no longer says which records it means: send all again.
    const known = damagedSegments.has(segment.number) ? undefined : marks.get(segment.number);
    const acknowledged = known !== undefined && (index < known.low || known.sparse.has(index));
    if (acknowledged) segment.acknowledge(index);
    return !acknowledged;
  });
  for (const number of log.segments) {
    const segment = segments.get(number);
    if (segment !== undefined) segment.finished = true;
    if (segment !== undefined && !segment.done) continue;
    log.drop(number);
    segments.delete(number);
  }
  const damaged = damages.map(({ path, offset, bytes, problem }) => ({
    data: bytes,
    error: spoolCorruptError(path, offset, `${problem}.`),
  }));
  return { log, entries, segments, damaged, cursorCount: count };
}

function openSpoolLog(dir: string, stream: string, options: Parameters<typeof openLog>[1]): Log {
  try {
    return openLog(dir, options);
  } catch (error) {
    if (!(error instanceof DurableError)) throw spoolUnusableError(dir, error);
    if (error.code === 'LOG_FORMAT') throw spoolFormatError(dir, error);
    if (error.code === 'LOG_DAMAGED') {
      const advice = "Bring the directory back from a copy, or open it with `spool.onDamage: 'salvage'`.";
      throw spoolCorruptError(error.path ?? dir, error.offset ?? 0, `${error.message} ${advice}`, error);
    }
    if (error.code !== 'LOG_OWNER') throw spoolUnusableError(dir, error);
    throw new FirehoseError(
      'INVALID_OPTION',
      `Expected \`spool.dir\` to hold records of the delivery stream ${stream}, but ${error.path ?? dir} is another's.`,
      { cause: error, details: { option: 'spool.dir' } },
    );
  }
}

/** Refuses records of releases with segments of their own form; nothing is changed, not even who holds the folder. */
export function refuseOlder(dir: string): void {
  const names = existsSync(dir) ? readdirSync(dir) : [];
  if (names.some((name) => /^seg-\d{10}\.fhs$/.test(name))) throw spoolFormatError(dir);
}

/** Without segments, the cursors of such releases say nothing. */
function removeOlderCursors(dir: string): void {
  for (const name of ['cursor-0', 'cursor-1']) rmSync(join(dir, name), { force: true });
}

/** What is said of damage, besides the letter that brings the bytes: nobody may take letters. */
function damageWarning({ path, offset, problem, missing, tag, bytes }: LogDamage): FirehoseError {
  const count =
    missing === undefined ? 'An unknown number of records' : `${missing} record${missing === 1 ? '' : 's'}`;
  const events = tag === undefined ? '' : ` with ${tag} event${tag === 1 ? '' : 's'}`;
  const verb = missing === 1 ? 'is' : 'are';
  const kept = bytes.length === 0 ? '' : ` The file is kept as ${path}.damaged.`;
  return spoolCorruptError(path, offset, `${problem}. ${count}${events} ${verb} missing.${kept}`);
}

/** What is said of a write that never ended. */
function tornWarning({ path, offset, bytes, keptAt }: TornTail): string {
  const kept = keptAt === undefined ? '' : ` They are kept as ${keptAt}.`;
  if (offset === 0)
    return `${path} was made and never begun: a process ended before it put a record in.${kept}`;
  return bytes === 0
    ? `${path} ends at byte ${offset} without the mark that is behind each write: a write never ended, or the file was cut just there.`
    : `The last ${bytes} bytes of ${path}, from byte ${offset} on, are a write that never ended, and were cut off.${kept} A record in it was never confirmed, unless the disk damaged it.`;
}
