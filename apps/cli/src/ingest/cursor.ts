import { makeFolder, replaceFile } from '@store/durable';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findProject } from '../config/find-project.js';
import { textIfThere } from '../local/folder.js';
import { CliError } from '../terminal/errors.js';
import { shellWord } from '../terminal/printed-command.js';
import type { Source } from './find-sources.js';
import type { FirehoseProducer } from '@store/firehose';
import type { RejectFile } from './reject-file.js';

/** How far a source has been taken: its first `records` records are acknowledged or rejected. */
export interface CursorPlace {
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Records that the mapping passes over; none in places of releases before there were mappings. */
  readonly passedOver?: number;
  /** Length of the file of rejects at this place: what a stopped run wrote after it comes again. */
  readonly rejectBytes: number;
  /** Set when the source was taken in full, and other files of the same folder were not. */
  readonly complete?: true;
  /**
   * Set when the run stopped here in good order. Without it, it was cut off, and what it had under way may be in
   * the stream: those events go out a second time, under the same `event_id`.
   */
  readonly orderly?: true;
}

interface CursorFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly stream: string;
  /** How the source is read; absent in places of releases that knew one way. */
  readonly how?: string;
  readonly place: CursorPlace;
}

/** Where the place in a source is kept; another stream is another place. */
export function cursorPath(cwd: string, source: Source, stream: string): string {
  const key = createHash('sha256').update(`${stream}\n${source.path}`).digest('hex').slice(0, 16);
  return join(findProject(cwd).folder, '.store', 'ingest', `${key}.json`);
}

/**
 * The place from which to continue; nothing when the file has changed since, is read in another way, or was never begun.
 *
 * @throws CliError `CORRUPT_STATE` where what is kept is none
 */
export async function readCursor(
  file: string,
  source: Source,
  stream: string,
  how: string,
): Promise<CursorPlace | undefined> {
  const text = await textIfThere(file);
  if (text === undefined) return undefined;
  const kept = cursorOf(text, file);
  const same =
    kept.path === source.path &&
    kept.stream === stream &&
    (kept.how ?? '') === how &&
    kept.bytes === source.bytes &&
    kept.modifiedMs === source.modifiedMs;
  return same ? kept.place : undefined;
}

function cursorOf(text: string, file: string): Partial<CursorFile> {
  try {
    const kept: unknown = JSON.parse(text);
    // The parse boundary: what this command wrote; anything else does not match and counts as no place.
    if (typeof kept === 'object' && kept !== null) return kept;
  } catch {
    // As below.
  }
  throw new CliError('CORRUPT_STATE', `The place that is kept in ${file} cannot be read.`, {
    fix: `Begin at the beginning: \`rm ${shellWord(file)}\`. Events that come twice have the same event_id.`,
  });
}

/** Keeps the place; the old one stands until the new one is complete. */
export async function writeCursor(
  file: string,
  source: Source,
  stream: string,
  how: string,
  place: CursorPlace,
): Promise<void> {
  makeFolder(dirname(file));
  const { path, bytes, modifiedMs } = source;
  const content = { path, bytes, modifiedMs, stream, how, place };
  await replaceFile(file, JSON.stringify(content));
}

/** Forgets the place: the whole command is done. */
export async function removeCursor(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** What keeping a place needs. */
export interface PlaceKeeperOptions {
  readonly cursorFile: string;
  readonly source: Source;
  readonly stream: string;
  readonly how: string;
  readonly producer: Pick<FirehoseProducer<never>, 'flush'> | undefined;
  readonly rejects: RejectFile;
}

/**
 * Keeps the place in a source on disk while records continue being sent: a place is written once everything
 * before it is acknowledged or in the file of rejects, so what a kill -9 can make be sent again is what was
 * under way.
 */
export class PlaceKeeper {
  readonly #options: PlaceKeeperOptions;
  /** The furthest place that may be written, if it is not on disk yet. */
  #due: CursorPlace | undefined;
  #writing: Promise<void> | undefined;
  /** Settles once every place that was noted is dealt with, one after the other. */
  #noted: Promise<void> = Promise.resolve();
  #failed = false;
  #cause: unknown;

  constructor(options: PlaceKeeperOptions) {
    this.#options = options;
  }

  /** Writes `place` as soon as what was put before the call is settled; does not wait for it. */
  note(place: Omit<CursorPlace, 'rejectBytes'>): void {
    const { producer, rejects } = this.#options;
    // A flush settles in the order of its call, however much is put after it.
    const settled = Promise.all([producer?.flush(), rejects.flush()]);
    this.#noted = Promise.all([this.#noted, settled]).then(
      ([, [, rejectBytes]]) => {
        // What a failed delivery left out is told to one flush: no later place may pass over it.
        if (this.#failed) return;
        this.#due = { ...place, rejectBytes };
        this.#writing ??= this.#write();
      },
      (error: unknown) => {
        this.#fail(error);
      },
    );
  }

  /** Writes `place` and waits until it is on disk. */
  async keep(place: Omit<CursorPlace, 'rejectBytes'>): Promise<void> {
    await this.#options.producer?.flush();
    const rejectBytes = await this.#options.rejects.flush();
    await this.#noted;
    this.check();
    this.#due = { ...place, rejectBytes };
    this.#writing ??= this.#write();
    await this.#writing;
    this.check();
  }

  /** Throws what went wrong behind the scenes. */
  check(): void {
    if (this.#failed) throw this.#cause;
  }

  async #write(): Promise<void> {
    const { cursorFile, source, stream, how } = this.#options;
    try {
      for (let place = this.#due; place !== undefined; place = this.#due) {
        this.#due = undefined;
        await writeCursor(cursorFile, source, stream, how, place);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#writing = undefined;
    }
  }

  #fail(error: unknown): void {
    this.#failed = true;
    this.#cause ??= error;
  }
}
