import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fromFileName, platformOf, syncFile, syncFolder, toFileName, type Platform } from '@store/durable';
import { KeyedTurns } from '../keyed-turns.js';
import { compareKeys } from './key-order.js';
import type { DamagePolicy } from '../damage-policy.js';
import { DamagedObjectError } from '../query/query-error.js';
import { goneFile, problemOf, reportDamaged, type DamagedObject } from './damaged-object.js';
import {
  freePath,
  isThere,
  madeAt,
  moveInto,
  removeEmptyFolders,
  removeEmptyParents,
  walkFiles,
  entriesOf,
  unlessGone,
} from './lake-files.js';
import type { LakeObject, OpenObject, PlaceOptions, ObjectFacts } from './lake-object.js';
import { objectKey, objectPath } from './object-path.js';
import { ObjectRecords } from './object-records.js';
import type { PutRecord } from './object-state.js';

interface Entry extends LakeObject {
  /** Where it lies, from the bucket's folder on, if not where its key says. */
  readonly path?: string;
}

interface Bucket {
  readonly createdAt: number;
  /** Objects that are being placed in it. */
  coming: number;
  readonly objects: Map<string, Entry>;
}

/**
 * The buckets as folders: object `key` of `bucket` is the file `<root>/<bucket>/<key>`, which any tool can open; what
 * a file system cannot hold of a key is escaped ({@link objectPath}). Objects appear by a rename, so a reader never
 * sees a part of one. What is known besides is in the records, which are written first: the draft that they name
 * becomes the object, after a crash too.
 */
export class LakeFolder {
  readonly root: string;
  readonly records: ObjectRecords;
  readonly #buckets = new Map<string, Bucket>();
  readonly #turns = new KeyedTurns();
  /** Removals under way, by bucket: whatever makes the bucket again waits for them. */
  readonly #removals = new Map<string, Promise<boolean>>();
  readonly #platform: Platform;

  private constructor(root: string, platform: Platform, records: ObjectRecords) {
    this.root = root;
    this.#platform = platform;
    this.records = records;
  }

  /** Opens the folder and lists what is in it. */
  static async open(
    root: string,
    platform: Platform = platformOf(),
    records?: ObjectRecords,
  ): Promise<LakeFolder> {
    await mkdir(root, { recursive: true });
    const lake = new LakeFolder(root, platform, records ?? (await ObjectRecords.open({})));
    for (const entry of await readdir(root, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const bucket = fromFileName(entry.name, platform);
      const createdAt = await madeAt(lake.#folderOf(bucket));
      lake.#buckets.set(bucket, { createdAt, coming: 0, objects: new Map() });
      await lake.#takeIn(bucket);
    }
    return lake;
  }

  /** Lists the files of a bucket that are not listed yet. */
  async #takeIn(bucket: string): Promise<void> {
    const objects = this.#buckets.get(bucket)?.objects;
    for await (const { path, folder, size, modifiedAt } of walkFiles(this.#folderOf(bucket))) {
      if (folder) continue;
      const key = objectKey(path.split(sep), this.#platform);
      if (objects === undefined || objects.has(key)) continue;
      const facts = this.#factsOf(bucket, key, size, modifiedAt);
      objects.set(key, { key, size, modifiedAt, ...facts, ...this.#unusual(key, path) });
    }
  }

  /**
   * Gives the drafts that the records name, and that a crash left where they were, their places. What is recorded and
   * not there is told of, and stays an object that cannot be read, until it is deleted or the policy passes over it.
   */
  async recover(drafts: string, policy: DamagePolicy): Promise<void> {
    const left = new Set(await entriesOf(drafts));
    for (const { draft, ...put } of [...this.records.puts()])
      if (draft !== undefined && left.has(draft)) await this.#put(join(drafts, draft), put);
    await this.records.settleAll((bucket, key) => this.object(bucket, key));
    const damaged: DamagedObject[] = [];
    for (const put of [...this.records.puts()]) {
      const { bucket, key, size, modifiedAt, facts } = put;
      const found = this.object(bucket, key);
      const problem = problemOf(size, found?.size);
      if (problem === undefined) continue;
      const folder = this.#folderOf(bucket);
      // Where an object is gone, its usual place may be a folder of others.
      const free = await freePath(folder, key, this.#platform);
      const path = found === undefined ? free : this.pathOf(bucket, key);
      damaged.push({ bucket, key, path, problem });
      if (policy.onDamage === 'salvage') await this.records.replace(put, found);
      else if (found === undefined) {
        await this.ensureBucket(bucket);
        const entry = { key, size, modifiedAt, facts, ...this.#unusual(key, relative(folder, path)) };
        this.#buckets.get(bucket)?.objects.set(key, entry);
      }
    }
    reportDamaged(damaged, policy);
  }

  /** Names of the buckets. */
  buckets(): readonly string[] {
    return [...this.#buckets.keys()].sort(compareKeys);
  }

  /** When a bucket was made; `undefined` when there is none of that name. */
  bucketCreatedAt(bucket: string): number | undefined {
    return this.records.bucket(bucket)?.at ?? this.#buckets.get(bucket)?.createdAt;
  }

  /** Makes a bucket if it is not there; after that it survives a power cut. */
  async ensureBucket(bucket: string): Promise<void> {
    await this.#removals.get(bucket);
    if (this.#buckets.has(bucket)) return;
    await mkdir(this.#folderOf(bucket), { recursive: true });
    await syncFolder(this.root);
    const createdAt = await madeAt(this.#folderOf(bucket));
    // Another call may have made it meanwhile.
    if (!this.#buckets.has(bucket)) this.#buckets.set(bucket, { createdAt, coming: 0, objects: new Map() });
  }

  /** Removes a bucket that holds nothing; returns whether it did. What is put meanwhile makes the bucket again. */
  async removeBucket(bucket: string): Promise<boolean> {
    const held = this.#buckets.get(bucket);
    if (held === undefined || held.objects.size > 0 || held.coming > 0) return false;
    this.#buckets.delete(bucket);
    const removal = this.#removeEmpty(bucket, held);
    // Those who wait for it only need its end; its error is this caller's.
    const ended = removal.catch(() => false);
    this.#removals.set(bucket, ended);
    try {
      return await removal;
    } finally {
      this.#removals.delete(bucket);
    }
  }

  async #removeEmpty(bucket: string, held: Bucket): Promise<boolean> {
    if (await removeEmptyFolders(this.#folderOf(bucket))) {
      await this.records.append({ op: 'drop', bucket });
      await syncFolder(this.root);
      return true;
    }
    // A file was put there by hand.
    this.#buckets.set(bucket, held);
    await this.#takeIn(bucket);
    return false;
  }

  /** Objects of a bucket whose keys start with `prefix`, unsorted; `undefined` when there is no such bucket. */
  objects(bucket: string, prefix = ''): readonly LakeObject[] | undefined {
    const objects = this.#buckets.get(bucket)?.objects;
    if (objects === undefined) return undefined;
    return [...objects.values()].filter(({ key }) => key.startsWith(prefix));
  }

  /** One object. */
  object(bucket: string, key: string): LakeObject | undefined {
    return this.#buckets.get(bucket)?.objects.get(key);
  }

  /** Whether there is a bucket of that name. */
  hasBucket(bucket: string): boolean {
    return this.#buckets.has(bucket);
  }

  /** Opens an object for reading. */
  async read(bucket: string, key: string): Promise<OpenObject | undefined> {
    return this.#turns.run(`${bucket}/${key}`, async () => {
      const object = this.object(bucket, key);
      if (object === undefined) return undefined;
      const path = this.pathOf(bucket, key);
      const file = await unlessGone(open(path, 'r'));
      if (file !== undefined) return { object, file };
      if (this.records.put(bucket, key) !== undefined)
        throw new DamagedObjectError({ bucket, key, path, problem: goneFile });
      // One that was put there by hand was removed by hand.
      this.#buckets.get(bucket)?.objects.delete(key);
      return undefined;
    });
  }

  /** The file behind an object. */
  pathOf(bucket: string, key: string): string {
    const known = this.#buckets.get(bucket)?.objects.get(key)?.path;
    return join(this.#folderOf(bucket), ...(known === undefined ? objectPath(key, this.#platform) : [known]));
  }

  /** Moves a finished file to its place in the lake; after that it survives a power cut. */
  async place(draft: string, bucket: string, key: string, options: PlaceOptions = {}): Promise<LakeObject> {
    await syncFile(draft);
    return this.#turns.run(`${bucket}/${key}`, async () => {
      options.check?.(this.object(bucket, key));
      let held: Bucket | undefined;
      while ((held = this.#buckets.get(bucket)) === undefined) await this.ensureBucket(bucket);
      held.coming += 1;
      try {
        return await this.#commit(draft, bucket, key, options);
      } finally {
        held.coming -= 1;
      }
    });
  }

  async #commit(
    draft: string,
    bucket: string,
    key: string,
    { facts = {}, ends, isKept = false }: PlaceOptions,
  ): Promise<LakeObject> {
    const known = this.records.put(bucket, key);
    const { size, mtimeMs: modifiedAt } = await stat(draft);
    const put = { bucket, key, size, modifiedAt, facts };
    if (!isKept) {
      const placed = await this.#put(draft, put);
      await this.records.append({ op: 'put', put });
      return placed;
    }
    // Names in the folder of drafts survive a power cut before the records speak of them.
    await syncFolder(dirname(draft));
    const named = { ...put, draft: basename(draft) };
    await this.records.append({ op: 'put', put: named, ...(ends === undefined ? {} : { ends }) });
    try {
      return await this.#put(draft, put);
    } catch (error) {
      // What was not moved is not acknowledged: the next start must not take the draft for an object that waits.
      if (await isThere(draft)) {
        await rm(draft);
        if (known === undefined) await this.records.forget(bucket, key);
        else await this.records.append({ op: 'put', put: known });
      }
      throw error;
    }
  }

  /** Removes an object, if it is there; after that it is gone for good. */
  async remove(bucket: string, key: string, check?: PlaceOptions['check']): Promise<void> {
    return this.#turns.run(`${bucket}/${key}`, async () => {
      const object = this.object(bucket, key);
      check?.(object);
      if (object === undefined) return;
      const path = this.pathOf(bucket, key);
      // First of all: a file that is gone, and recorded, is a loss.
      if (this.records.has(bucket, key)) await this.records.append({ op: 'forget', bucket, key });
      await rm(path, { force: true }).catch(async (error: unknown) => {
        await this.records.settle(bucket, key, true);
        throw error;
      });
      await this.records.settle(bucket, key, false);
      this.#buckets.get(bucket)?.objects.delete(key);
      await removeEmptyParents(path, this.#folderOf(bucket));
    });
  }

  async #put(draft: string, { bucket, ...object }: PutRecord): Promise<LakeObject> {
    await this.ensureBucket(bucket);
    const { key } = object;
    const folder = this.#folderOf(bucket);
    const at = { root: this.root, folder, key, path: this.pathOf(bucket, key), platform: this.#platform };
    const path = await moveInto(draft, at);
    const entry = { ...object, ...this.#unusual(key, relative(folder, path)) };
    this.#buckets.get(bucket)?.objects.set(key, entry);
    return entry;
  }

  /** What an entry says of the place of its file: nothing where its key says it. */
  #unusual(key: string, path: string): Pick<Entry, 'path'> {
    return path === join(...objectPath(key, this.#platform)) ? {} : { path };
  }

  /** What the records know of a file: all where it is the one that was put, less its tag where only its size is. */
  #factsOf(bucket: string, key: string, size: number, modifiedAt: number): { readonly facts?: ObjectFacts } {
    const record = this.records.put(bucket, key) ?? this.records.leaving(bucket, key);
    if (record?.size !== size) return {};
    if (record.modifiedAt === modifiedAt) return { facts: record.facts };
    return record.facts.headers === undefined ? {} : { facts: { headers: record.facts.headers } };
  }

  #folderOf(bucket: string): string {
    return join(this.root, toFileName(bucket, this.#platform));
  }
}
