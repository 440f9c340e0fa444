import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyCheckpoint, type Checkpoint } from '../delivery/delivery-buffer.js';
import { type Platform, platformOf, replaceFile, toFileName } from '@store/durable';
import { EmulatorError } from '../errors.js';
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

/** Number of the form that a stream's folder has. The first had a log of its own form, and did not always say so. */
const FORMAT = 2;

/** What `stream.json` holds. */
export interface StreamFile {
  readonly format?: number;
  readonly stream: StoredStream;
  readonly checkpoint: Checkpoint;
}

/** The streams' folders: one `stream.json` each, with the log and the staging area beside it. */
export class StreamRegistry {
  readonly #folder: string;
  readonly #files = new Map<string, StreamFile>();
  /** Writers of one file wait for each other. */
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Reads what is there, and finishes removals that a crash interrupted. */
  async load(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    for (const name of await readdir(this.#folder)) {
      if (name.endsWith('.removed')) {
        await rm(join(this.#folder, name), { recursive: true, force: true });
        continue;
      }
      const text = await readFile(join(this.#folder, name, 'stream.json'), 'utf8').catch(absent);
      if (text === undefined) {
        // Created, but never acknowledged.
        await rm(join(this.#folder, name), { recursive: true, force: true });
        continue;
      }
      const file = parseStreamFile(text, join(this.#folder, name));
      this.#files.set(file.stream.name, file);
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
    await this.#write(stream.name, () => ({ stream, checkpoint: this.checkpoint(stream.name) }));
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
    this.#files.delete(name);
    const folder = this.folderOf(name);
    const removed = `${folder}.${Date.now().toString(36)}.removed`;
    await rename(folder, removed);
    await rm(removed, { recursive: true, force: true });
  }

  async #write(name: string, make: () => StreamFile | undefined): Promise<void> {
    const turn = this.#writing.then(async () => {
      const file = make();
      if (file === undefined) return;
      this.#files.set(name, file);
      await mkdir(this.folderOf(name), { recursive: true });
      await replaceFile(
        join(this.folderOf(name), 'stream.json'),
        JSON.stringify({ format: FORMAT, ...file }),
      );
    });
    this.#writing = turn.catch(() => undefined);
    await turn;
  }
}

/**
 * Name of a stream's folder. Names of streams are letters, digits, `_`, `.` and `-`, so that only a dot at the end and,
 * where the file system does not see case, capitals have to be escaped.
 */
export function streamFolderName(name: string, platform: Platform = platformOf()): string {
  const folder = toFileName(`stream-${name}`, platform);
  if (!platform.caseBlind) return folder;
  return folder.replaceAll(/%..|[A-Z]/g, (found) =>
    found.length > 1 ? found : `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Reads the text of the `stream.json` of a stream's folder; refuses one that is damaged or of a later version. */
export function parseStreamFile(text: string, folder: string): StreamFile {
  let file: StreamFile;
  try {
    // Written by StreamRegistry as a whole.
    file = JSON.parse(text) as StreamFile;
  } catch (cause) {
    throw new EmulatorError(
      'CORRUPT_STATE',
      `${join(folder, 'stream.json')} is damaged. Nothing was changed. Bring the folder back from a copy, or choose another \`dataDir\`.`,
      { cause },
    );
  }
  checkFormat(file.format ?? 1, folder);
  return file;
}

function checkFormat(format: number, folder: string): void {
  if (format <= FORMAT) return;
  throw new EmulatorError(
    'NEWER_FORMAT',
    `${folder} was written by a later version of the endpoint (format ${format}, this one reads up to ${FORMAT}). Start that version, or another \`dataDir\`.`,
  );
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
