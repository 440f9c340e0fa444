import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { fromFileName, platformOf, syncFile, syncFolder, toFileName, type Platform } from '@store/durable';
import { KeyedTurns } from './keyed-turns.js';
import { compareKeys } from './key-order.js';
import {
  isGone,
  isOfOtherKind,
  isTaken,
  isThere,
  makeAndRename,
  removeEmptyFolders,
  removeIfEmpty,
  walkFiles,
} from './lake-files.js';
import type { LakeObject, OpenObject, PlaceOptions, ObjectFacts } from './lake-object.js';
import { objectKey, objectPath, otherName } from './object-path.js';
import { ObjectRecords, type ObjectEntry } from './object-records.js';

interface Entry extends LakeObject {
  /** Where it lies, from the bucket's folder on, if not where its key says. */
  readonly path?: string;
}

interface Bucket {
  readonly createdAt: number;
  /** Objects that are on their way into it. */
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
  readonly #platform: Platform;

  private constructor(root: string, platform: Platform, records: ObjectRecords) {
    this.root = root;
    this.#platform = platform;
    this.records = records;
  }

  /** Opens the folder and learns what is in it. */
  static async open(
    root: string,
    platform: Platform = platformOf(),
    records?: ObjectRecords,
  ): Promise<LakeFolder> {
    await mkdir(root, { recursive: true });
    const lake = new LakeFolder(root, platform, records ?? (await ObjectRecords.open({})));
    await lake.refresh();
    return lake;
  }

  /** Looks at the disk again, for whoever changed files there by hand. */
  async refresh(): Promise<void> {
    const found = new Map<string, Bucket>();
    for await (const { path, folder, size, modifiedAt } of walkFiles(this.root)) {
      const [first = '', ...rest] = path.split(sep);
      const bucket = fromFileName(first, this.#platform);
      if (folder) {
        if (rest.length === 0)
          found.set(bucket, { createdAt: await this.#createdAt(bucket), coming: 0, objects: new Map() });
        continue;
      }
      if (rest.length === 0) continue;
      const key = objectKey(rest, this.#platform);
      const isUsual = join(...objectPath(key, this.#platform)) === join(...rest);
      const object = { key, size, modifiedAt, ...this.#factsOf(bucket, key, size, modifiedAt) };
      found.get(bucket)?.objects.set(key, { ...object, ...(isUsual ? {} : { path: join(...rest) }) });
    }
    this.#buckets.clear();
    for (const [bucket, objects] of found) this.#buckets.set(bucket, objects);
  }

  /** Gives the drafts that the records name, and that a crash left where they were, their places. */
  async recover(drafts: string): Promise<void> {
    const left = new Set(await readdir(drafts).catch(() => []));
    for (const { draft, bucket, ...object } of [...this.records.puts()]) {
      if (left.has(draft)) await this.#put(join(drafts, draft), bucket, object);
    }
    this.records.keepOnly((bucket, key) => this.object(bucket, key) !== undefined);
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
    if (this.#buckets.has(bucket)) return;
    await mkdir(this.#folderOf(bucket), { recursive: true });
    await syncFolder(this.root);
    if (this.#buckets.has(bucket)) return;
    this.#buckets.set(bucket, { createdAt: await this.#createdAt(bucket), coming: 0, objects: new Map() });
  }

  /** Removes a bucket that holds nothing; returns whether it did. */
  async removeBucket(bucket: string): Promise<boolean> {
    return this.#turns.run(`${bucket}/`, async () => {
      const held = this.#buckets.get(bucket);
      if (held === undefined || held.objects.size > 0 || held.coming > 0) return false;
      // Whoever puts from here on makes the bucket again.
      this.#buckets.delete(bucket);
      if (!(await removeEmptyFolders(this.#folderOf(bucket)))) {
        // Somebody put a file there by hand, or an object was delivered just now.
        await this.refresh();
        return false;
      }
      await this.records.append({ op: 'drop', bucket });
      await syncFolder(this.root);
      return true;
    });
  }

  /** Objects of a bucket whose keys start with `prefix`, unsorted; `undefined` when there is no such bucket. */
  objects(bucket: string, prefix = ''): readonly LakeObject[] | undefined {
    const objects = this.#buckets.get(bucket)?.objects;
    if (objects === undefined) return undefined;
    const all = [...objects.values()];
    return prefix === '' ? all : all.filter(({ key }) => key.startsWith(prefix));
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
      const file = await open(this.pathOf(bucket, key), 'r').catch((error: unknown) => {
        if (isGone(error)) return undefined;
        throw error;
      });
      if (file !== undefined) return { object, file };
      // Somebody removed the file by hand.
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
      await this.ensureBucket(bucket);
      const held = this.#buckets.get(bucket);
      if (held !== undefined) held.coming += 1;
      try {
        return await this.#commit(draft, bucket, key, options);
      } finally {
        if (held !== undefined) held.coming -= 1;
      }
    });
  }

  async #commit(
    draft: string,
    bucket: string,
    key: string,
    { facts, ends }: PlaceOptions,
  ): Promise<LakeObject> {
    const known = this.records.put(bucket, key);
    const { size, mtimeMs: modifiedAt } = await stat(draft);
    if (facts !== undefined) {
      // Names in the folder of drafts survive a power cut before the records speak of them.
      await syncFolder(dirname(draft));
      const put = { bucket, key, draft: basename(draft), size, modifiedAt, facts };
      await this.records.append({ op: 'put', put, ...(ends === undefined ? {} : { ends }) });
    }
    try {
      const placed = await this.#put(draft, bucket, {
        key,
        size,
        modifiedAt,
        ...(facts === undefined ? {} : { facts }),
      });
      if (facts === undefined && known !== undefined)
        await this.records.append({ op: 'forget', bucket, key });
      return placed;
    } catch (error) {
      // What was not moved is not acknowledged: the next start must not take the draft for an object that waits.
      if (facts !== undefined && (await isThere(draft))) {
        await rm(draft);
        const undo: ObjectEntry =
          known === undefined ? { op: 'forget', bucket, key } : { op: 'put', put: known };
        await this.records.append(undo);
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
      await rm(path, { force: true });
      this.#buckets.get(bucket)?.objects.delete(key);
      if (this.records.put(bucket, key) !== undefined)
        await this.records.append({ op: 'forget', bucket, key });
      const end = this.#folderOf(bucket);
      let folder = dirname(path);
      while (folder !== end && (await removeIfEmpty(folder))) folder = dirname(folder);
      await syncFolder(folder).catch((error: unknown) => {
        // Gone with another object that was the last one in it.
        if (!isGone(error)) throw error;
      });
    });
  }

  async #put(draft: string, bucket: string, object: LakeObject): Promise<LakeObject> {
    const { key } = object;
    await this.ensureBucket(bucket);
    let path = this.pathOf(bucket, key);
    let firstNew: string | undefined;
    try {
      firstNew = await makeAndRename(draft, path);
    } catch (error) {
      // Unlike a file system, S3 can hold both `a` and `a/b`.
      if (!isTaken(error)) throw error;
      path = await this.#besides(bucket, key);
      firstNew = await makeAndRename(draft, path);
    }
    const isUsual = path === join(this.#folderOf(bucket), ...objectPath(key, this.#platform));
    const place = isUsual ? {} : { path: path.slice(this.#folderOf(bucket).length + 1) };
    const entry = { ...object, ...place };
    this.#buckets.get(bucket)?.objects.set(key, entry);
    // New folders are names in their parents.
    for (let folder = dirname(path); folder.length >= this.root.length; folder = dirname(folder)) {
      await syncFolder(folder);
      if (firstNew === undefined || folder === dirname(firstNew)) break;
    }
    return entry;
  }

  /** What the records know of a file: all where it is the one that was put, less its tag where only its size is. */
  #factsOf(bucket: string, key: string, size: number, modifiedAt: number): { readonly facts?: ObjectFacts } {
    const record = this.records.put(bucket, key);
    if (record?.size !== size) return {};
    if (record.modifiedAt === modifiedAt) return { facts: record.facts };
    return record.facts.headers === undefined ? {} : { facts: { headers: record.facts.headers } };
  }

  async #createdAt(bucket: string): Promise<number> {
    const { birthtimeMs, mtimeMs } = await stat(this.#folderOf(bucket));
    return birthtimeMs > 0 ? birthtimeMs : mtimeMs;
  }

  #folderOf(bucket: string): string {
    return join(this.root, toFileName(bucket, this.#platform));
  }

  /** A path for a key where a file stands in the place of one of its folders, or a folder in that of its file. */
  async #besides(bucket: string, key: string): Promise<string> {
    const names = objectPath(key, this.#platform);
    let path = this.#folderOf(bucket);
    for (const [index, name] of names.entries()) {
      const isFolder = index < names.length - 1;
      let chosen = name;
      while (await isOfOtherKind(join(path, chosen), isFolder)) chosen = otherName(chosen, this.#platform);
      path = join(path, chosen);
    }
    return path;
  }
}
