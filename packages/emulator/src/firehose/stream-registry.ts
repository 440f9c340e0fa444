import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type DamagePolicy, diskFailed, meetDamage, putAside, refused } from '../damage-policy.js';
import { emptyCheckpoint, type Checkpoint } from '../delivery/delivery-buffer.js';
import { type Platform, platformOf, replaceFile, toFileName } from '@store/durable';
import { advised, EmulatorError } from '../errors.js';
import { KeyedTurns } from '../keyed-turns.js';
import { isGone, entriesOf } from '../lake/lake-files.js';
import type { StateContents } from '../state-contents.js';
import type { S3Configuration } from './configuration.js';

/** A delivery stream as it is kept on disk. */
export interface StoredStream {
  readonly name: string;
  readonly arn: string;
  /** Tells it from an earlier stream of the same name. */
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly versionId: string;
  readonly type: string;
  readonly source?: unknown;
  /** As the caller gave it. */
  readonly configuration: S3Configuration;
  readonly encryption: {
    readonly Status: 'ENABLED' | 'DISABLED';
    readonly KeyType?: string;
    readonly KeyARN?: string;
  };
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Number of the form that a stream's folder has. The first had a log of its own form, and did not always say so; the
 * second had no checksum.
 */
const FORMAT = 3;
/** A stream with 5,000 open partitions has some two megabytes. */
const MOST_FILE_BYTES = 64 * 1024 * 1024;

/** What `stream.json` holds. */
export interface StreamFile {
  readonly format?: number;
  readonly stream: StoredStream;
  readonly checkpoint: Checkpoint;
}

/** The streams' folders: one `stream.json` each, with the log and the staging area beside it. */
export class StreamRegistry {
  readonly #folder: string;
  readonly #policy: DamagePolicy;
  readonly #contents: StateContents | undefined;
  readonly #files = new Map<string, StreamFile>();
  readonly #turns = new KeyedTurns();

  constructor(
    folder: string,
    policy: DamagePolicy = { onDamage: 'refuse', report: () => undefined },
    contents?: StateContents,
  ) {
    this.#folder = folder;
    this.#policy = policy;
    this.#contents = contents;
  }

  /** Reads what is there, and finishes creations and removals that a crash interrupted. */
  async load(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    for (const entry of await readdir(this.#folder, { withFileTypes: true })) {
      const { name } = entry;
      // A file in this place is nobody's.
      if (!entry.isDirectory()) continue;
      if (name.endsWith('.removed')) {
        await rm(join(this.#folder, name), { recursive: true, force: true });
        continue;
      }
      if (/\.damaged(\.\d+)?$/.test(name)) continue;
      const file = await this.#read(join(this.#folder, name));
      if (file === undefined) continue;
      this.#files.set(file.stream.name, file);
      await mkdir(join(this.#folder, name, 'log'), { recursive: true });
    }
    await this.#contents?.add(...[...this.#files.keys()].map((name) => logIn(this.folderOf(name))));
  }

  /** A stream's file; undefined where there is no stream, or none that can be read. */
  async #read(folder: string): Promise<StreamFile | undefined> {
    const path = join(folder, 'stream.json');
    const text = await readText(path);
    const isListed = this.#contents?.has(logIn(folder)) ?? false;
    if (text === undefined && !isListed && (await bytesBelow(folder)) === 0) {
      // Created, but never acknowledged.
      await rm(folder, { recursive: true, force: true });
      return undefined;
    }
    try {
      if (text === undefined) throw damagedStream(path, 'the file is not there');
      return parseStreamFile(text, folder);
    } catch (cause) {
      const isDamage = cause instanceof EmulatorError && cause.code === 'CORRUPT_STATE';
      if (!isDamage || this.#policy.onDamage === 'refuse') throw cause;
      const bytes = await bytesBelow(folder);
      const keptAt = putAside(folder);
      meetDamage(this.#policy, {
        path,
        problem: 'the settings of a delivery stream cannot be read',
        missing: `The stream does not exist any more, and all that it had not delivered is missing: ${bytes} bytes of its log and of staged records.`,
        keptAt,
        cause,
      });
      return undefined;
    }
  }

  /** Every stream, by name. */
  all(): readonly StoredStream[] {
    return [...this.#files.values()].map(({ stream }) => stream).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** One stream. */
  get(name: string): StoredStream | undefined {
    return this.#files.get(name)?.stream;
  }

  /** Where a stream stood when it was last made durable. */
  checkpoint(name: string): Checkpoint {
    return this.#files.get(name)?.checkpoint ?? emptyCheckpoint;
  }

  /** A stream's own folder. */
  folderOf(name: string): string {
    return join(this.#folder, streamFolderName(name));
  }

  /** Keeps a stream's settings. */
  async save(stream: StoredStream): Promise<void> {
    const isNew = !this.#files.has(stream.name);
    await mkdir(join(this.folderOf(stream.name), 'log'), { recursive: true });
    await this.#write(stream.name, () => ({ stream, checkpoint: this.checkpoint(stream.name) }));
    if (isNew) await this.#contents?.add(logIn(this.folderOf(stream.name)));
  }

  /** Keeps a stream's checkpoint. */
  async saveCheckpoint(name: string, checkpoint: Checkpoint): Promise<void> {
    await this.#write(name, () => {
      const stream = this.get(name);
      return stream === undefined ? undefined : { stream, checkpoint };
    });
  }

  /** Removes a stream and all that it holds. */
  async remove(name: string): Promise<void> {
    await this.#contents?.remove(logIn(this.folderOf(name)));
    this.#files.delete(name);
    const folder = this.folderOf(name);
    const removed = `${folder}.${Date.now().toString(36)}.removed`;
    await rename(folder, removed);
    await rm(removed, { recursive: true, force: true });
  }

  async #write(name: string, make: () => StreamFile | undefined): Promise<void> {
    await this.#turns.run(name, async () => {
      const file = make();
      if (file === undefined) return;
      this.#files.set(name, file);
      await replaceFile(join(this.folderOf(name), 'stream.json'), streamFileText(file));
    });
  }
}

/** The ending of a folder that is being removed, or was put aside. */
const outOfUse = /\.(removed|damaged(?:\.\d+)?)$/;

/** The log in a stream's folder, as the list of the state folder names it. */
const logIn = (folder: string): string => `firehose/${basename(folder)}/log`;

/**
 * Name of a stream's folder. Names of streams are letters, digits, `_`, `.` and `-`, so that only a dot at the end,
 * one before an ending that marks what is out of use and, where the file system does not see case, capitals have to be
 * escaped.
 */
export function streamFolderName(name: string, platform: Platform = platformOf()): string {
  const folder = toFileName(`stream-${name}`, platform).replace(outOfUse, '%2E$1');
  if (!platform.caseBlind) return folder;
  return folder.replaceAll(/%..|[A-Z]/g, (found) =>
    found.length > 1 ? found : `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The text of a `stream.json`: its checksum, and what that is of. */
export function streamFileText({ stream, checkpoint }: StreamFile): string {
  const text = JSON.stringify({ stream, checkpoint });
  return `{"format":${FORMAT},"sum":"${sumOf(text)}",${text.slice(1)}`;
}

const sumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** Reads the text of the `stream.json` of a stream's folder; refuses one that is damaged or of a later version. */
export function parseStreamFile(text: string, folder: string): StreamFile {
  const path = join(folder, 'stream.json');
  const [start = '', format = '', sum] = /^\{"format":(\d+),"sum":"([0-9a-f]{8})",/.exec(text) ?? [];
  if (sum !== undefined) {
    checkFormat(Number(format), folder);
    if (sumOf(`{${text.slice(start.length)}`) !== sum)
      throw damagedStream(path, 'it does not fit its checksum');
  }
  let file: StreamFile;
  try {
    // Written by StreamRegistry as a whole.
    file = JSON.parse(text) as StreamFile;
  } catch (cause) {
    throw damagedStream(path, 'it is no JSON', cause);
  }
  checkFormat(file.format ?? 1, folder);
  const { name } = file.stream;
  if (streamFolderName(name) !== basename(folder))
    throw damagedStream(path, `it is that of the stream ${name}`);
  return file;
}

function damagedStream(path: string, problem: string, cause?: unknown): EmulatorError {
  const missing = 'It holds the settings of a delivery stream, and where its records stand.';
  return refused({ path, problem, missing, ...(cause === undefined ? {} : { cause }) });
}

/** The text of a file; undefined if it is not there. */
async function readText(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    if (size > MOST_FILE_BYTES) throw damagedStream(path, `it has ${size} bytes, more than any`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof EmulatorError) throw error;
    if (isGone(error)) return undefined;
    throw diskFailed(path, error);
  }
}

/** Bytes of a stream's log and of its staged records. */
async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0;
  for (const part of ['log', 'staging']) {
    const names = await entriesOf(join(folder, part));
    for (const name of names) bytes += (await stat(join(folder, part, name))).size;
  }
  return bytes;
}

function checkFormat(format: number, folder: string): void {
  if (format <= FORMAT) return;
  throw advised(
    'NEWER_FORMAT',
    `${folder} was written by a later version of the endpoint (format ${format}, this one reads up to ${FORMAT}).`,
    'Start that version, or another `dataDir`.',
    { path: folder },
  );
}
