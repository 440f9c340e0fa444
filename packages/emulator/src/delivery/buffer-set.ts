import { join } from 'node:path';
import { DeliveryBuffer, type BufferKind, type BufferState, type SavedBuffer } from './delivery-buffer.js';
import { StagingFile } from './staging-file.js';

/** What a new buffer is opened with. */
export type NewBuffer = Omit<BufferState, 'id' | 'bytes' | 'records' | 'sealed' | 'objectKey'> & {
  /** Names the object, once the buffer has its number. */
  readonly name: (id: number) => string;
};

/** More than a log has entries. */
const SKIPPED_IDS = 2 ** 32;

/** The buffers of one stream that hold something: open ones by key, sealed ones until they are delivered. */
export class BufferSet {
  readonly #folder: string;
  readonly #beforeWrite: () => void;
  readonly #open = new Map<string, DeliveryBuffer>();
  readonly #all = new Map<number, DeliveryBuffer>();
  #nextId: number;

  /** @param beforeWrite - throws what a full disk would */
  constructor(folder: string, nextId: number, beforeWrite: () => void) {
    this.#folder = folder;
    this.#beforeWrite = beforeWrite;
    this.#nextId = nextId;
  }

  /** Number that the next buffer gets. */
  get nextId(): number {
    return this.#nextId;
  }

  /** Numbers buffers from here on as none was before: what the log says of the others does not mean these. */
  skipIds(): void {
    this.#nextId += SKIPPED_IDS;
  }

  /** The buffer that takes records of this key. */
  open(key: string): DeliveryBuffer | undefined {
    return this.#open.get(key);
  }

  /** A buffer by its number, open or sealed. */
  get(id: number): DeliveryBuffer | undefined {
    return this.#all.get(id);
  }

  /** Every buffer that is not delivered. */
  all(): IterableIterator<DeliveryBuffer> {
    return this.#all.values();
  }

  /** Open buffers of a kind. */
  countOpen(kind: BufferKind): number {
    let count = 0;
    for (const { state } of this.#open.values()) if (state.kind === kind) count += 1;
    return count;
  }

  /** Opens a buffer. */
  add({ name, ...rest }: NewBuffer): DeliveryBuffer {
    const id = this.#nextId;
    this.#nextId += 1;
    const state: BufferState = { ...rest, id, objectKey: name(id), bytes: 0, records: 0, sealed: false };
    return this.#insert(state, new StagingFile(join(this.#folder, String(id)), this.#beforeWrite));
  }

  /** Takes a buffer over from a checkpoint. */
  restore({ parts, ...state }: SavedBuffer): DeliveryBuffer {
    const staged = parts.map((part) => ({ ...part, path: join(this.#folder, part.path) }));
    return this.#insert(
      state,
      new StagingFile(join(this.#folder, String(state.id)), this.#beforeWrite, staged),
    );
  }

  /** Takes no more records into a buffer. */
  seal(buffer: DeliveryBuffer): void {
    buffer.state.sealed = true;
    buffer.cancelTimer?.();
    buffer.cancelTimer = undefined;
    if (this.#open.get(buffer.state.key) === buffer) this.#open.delete(buffer.state.key);
  }

  /** Forgets a buffer. */
  remove(id: number): DeliveryBuffer | undefined {
    const buffer = this.#all.get(id);
    if (buffer === undefined) return undefined;
    this.seal(buffer);
    this.#all.delete(id);
    return buffer;
  }

  #insert(state: BufferState, staging: StagingFile): DeliveryBuffer {
    const buffer = new DeliveryBuffer(state, staging);
    this.#all.set(state.id, buffer);
    if (!state.sealed) this.#open.set(state.key, buffer);
    return buffer;
  }
}
