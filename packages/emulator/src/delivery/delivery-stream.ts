import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log, TornTail } from '@store/durable';
import { openEndpointLog } from '../endpoint-log.js';
import { EmulatorError } from '../errors.js';
import type { Clock } from '@store/foundation';
import { type Checkpoint, type DeliveryBuffer, isFull } from './delivery-buffer.js';
import type { DeliveryQueue } from './delivery-queue.js';
import { entryKinds } from './entry-kinds.js';
import type { DeliveryPlan } from './delivery-plan.js';
import type { SchemaSnapshot } from '../lake/table-catalog.js';
import { bufferPayload, schemaPayload, StreamState } from './stream-state.js';

/** What a stream needs from its surroundings. */
export interface DeliveryStreamOptions {
  /** The stream's own folder; the log and the staging area are below it. */
  readonly folder: string;
  readonly plan: DeliveryPlan;
  readonly checkpoint: Checkpoint;
  readonly clock: Clock;
  readonly queue: DeliveryQueue;
  readonly segmentBytes: number;
  readonly beforeWrite: () => void;
  /** The table that records are converted by, as the catalog has it now. */
  readonly currentSchema: () => SchemaSnapshot | undefined;
  /** Makes the checkpoint durable. */
  readonly saveCheckpoint: (checkpoint: Checkpoint) => Promise<void>;
  /** Writes a sealed buffer's objects into the lake. */
  readonly deliver: (buffer: DeliveryBuffer, schema: SchemaSnapshot | undefined) => Promise<void>;
  /** Calls the Lambda processor for a sealed buffer; gives the payload of a `transformed` entry. */
  readonly transform: (buffer: DeliveryBuffer) => Promise<Buffer>;
  /** Told of what goes wrong behind the scenes and is tried again. */
  readonly onTrouble: (error: unknown) => void;
}

/** A delivery stream at work: takes records in, seals buffers by size and age, sees them delivered. */
export class DeliveryStream {
  readonly #options: DeliveryStreamOptions;
  readonly #state: StreamState;
  readonly #delivered = new Map<number, (() => void)[]>();
  #log: Log | undefined;
  readonly #delivering = new Set<Promise<void>>();
  /** Staging files on their way out; a closed stream touches its folder no more. */
  readonly #discarding = new Set<Promise<void>>();
  #loggedSchema = '';
  #nextSchemaId = 1;
  #checkpointing: Promise<void> | undefined;
  #replaying = true;
  #closed = false;

  private constructor(options: DeliveryStreamOptions) {
    this.#options = options;
    this.#state = new StreamState(options.plan, join(options.folder, 'staging'), options.checkpoint, {
      onOpened: (buffer) => {
        if (!this.#replaying) this.#arm(buffer);
      },
      onSealed: (buffer) => {
        if (!this.#replaying) this.#enqueue(buffer);
      },
      onDelivered: (buffer) => {
        this.#settle(buffer);
      },
      beforeWrite: () => {
        options.beforeWrite();
      },
    });
  }

  /** Opens a stream where its last checkpoint and its log left it. */
  static async open(options: DeliveryStreamOptions): Promise<DeliveryStream> {
    const stream = new DeliveryStream(options);
    await stream.#recover();
    return stream;
  }

  /**
   * Takes in one call's records; `settle` is called as soon as they are on disk, or cannot be, `release` when the
   * payload is not needed any more.
   */
  put(payload: Buffer, settle: (error: Error | undefined) => void, release?: () => void): void {
    const log = this.#openLog();
    this.#logSchema(log);
    log.enqueue(entryKinds.put, payload, settle, release);
  }

  /** Why the stream cannot take records at present: the disk is full. */
  get trouble(): Error | undefined {
    for (const { staging } of this.#state.buffers.all()) {
      const { trouble } = staging;
      if (trouble !== undefined) return trouble;
    }
    return undefined;
  }

  /** Delivers everything that was taken in before the call; resolves when it lies in the lake. */
  async flush(): Promise<void> {
    await this.#sealAll((buffer) => buffer.state.kind === 'lambda');
    await this.#sealAll(() => true);
  }

  /** Buffers that are not in the lake yet, for queries. */
  undelivered(): readonly DeliveryBuffer[] {
    return [...this.#state.buffers.all()];
  }

  /** The schema of a buffer. */
  schemaOf({ state }: DeliveryBuffer): SchemaSnapshot | undefined {
    return state.schemaId === undefined ? undefined : this.#state.schemas.get(state.schemaId);
  }

  /** Stops, with everything on disk. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const buffer of this.#state.buffers.all()) buffer.cancelTimer?.();
    await Promise.allSettled(this.#delivering);
    await this.#log?.close();
    await this.#checkpointing;
    if (this.#log !== undefined) await this.#checkpoint(this.#log.segment + 1).catch(this.#options.onTrouble);
    for (const { staging } of this.#state.buffers.all()) staging.close();
    await Promise.all(this.#discarding);
  }

  async #recover(): Promise<void> {
    const { folder, checkpoint, segmentBytes, beforeWrite, onTrouble } = this.#options;
    const staging = join(folder, 'staging');
    const logFolder = join(folder, 'log');
    await mkdir(staging, { recursive: true });
    await this.#removeStrays(staging);
    for (const buffer of this.#state.buffers.all()) buffer.staging.restore();
    this.#log = openEndpointLog(logFolder, {
      from: checkpoint.segment,
      segmentBytes,
      beforeWrite,
      onEntry: (entry) => {
        this.#state.apply(entry);
      },
      onCommitted: (entry) => {
        this.#state.apply(entry);
        if (entry.tag === entryKinds.put) this.#sealFull();
      },
      onSegmentStart: (segment) => {
        this.#startCheckpoint(segment);
      },
    });
    const { torn } = this.#log.recovery;
    if (torn !== undefined) onTrouble(cutShort(torn));
    this.#replaying = false;
    const schemaId = this.#state.currentSchema ?? 0;
    const schema = this.#state.schemas.get(schemaId);
    this.#loggedSchema = schema === undefined ? '' : JSON.stringify(schema);
    this.#nextSchemaId = schemaId + 1;
    this.#startCheckpoint(this.#log.segment);
    for (const buffer of this.#state.buffers.all()) {
      if (buffer.staging.gone) {
        throw new EmulatorError(
          'CORRUPT_STATE',
          `Staged records of buffer ${buffer.state.id} are missing from ${staging}. Bring the folder back from a copy.`,
        );
      }
      if (buffer.state.sealed) this.#enqueue(buffer);
      else this.#arm(buffer);
    }
    this.#sealFull();
  }

  /** Staging files that no checkpoint knows are made again from the log. */
  async #removeStrays(staging: string): Promise<void> {
    const known = new Set(
      this.#options.checkpoint.buffers.flatMap(({ parts }) => parts.map(({ path }) => path)),
    );
    for (const name of await readdir(staging)) {
      if (!known.has(name)) await rm(join(staging, name));
    }
  }

  #openLog(): Log {
    if (this.#log === undefined) throw new Error('The delivery stream is not open.');
    return this.#log;
  }

  /** The table's change takes its place in the log between the records before and after it. */
  #logSchema(log: Log): void {
    const snapshot = this.#options.currentSchema();
    if (snapshot === undefined) return;
    const text = JSON.stringify(snapshot);
    if (text === this.#loggedSchema) return;
    this.#loggedSchema = text;
    const id = this.#nextSchemaId;
    this.#nextSchemaId += 1;
    log.enqueue(entryKinds.schema, schemaPayload({ id, snapshot }), (error) => {
      if (error !== undefined) this.#loggedSchema = '';
    });
  }

  #arm(buffer: DeliveryBuffer): void {
    const { clock, plan } = this.#options;
    const intervalMs = buffer.state.kind === 'lambda' ? (plan.lambda?.bufferMs ?? 0) : plan.bufferMs;
    const dueMs = Math.max(0, buffer.state.openedAt + intervalMs - clock.wallNow());
    buffer.cancelTimer = clock.schedule(() => {
      this.#seal(buffer);
    }, dueMs);
  }

  #sealFull(): void {
    const { clock, plan } = this.#options;
    for (const buffer of this.#state.buffers.all()) if (isFull(buffer, plan, clock)) this.#seal(buffer);
  }

  #seal(buffer: DeliveryBuffer): void {
    if (buffer.sealing || buffer.state.sealed || this.#closed) return;
    buffer.sealing = true;
    this.#openLog().enqueue(entryKinds.seal, bufferPayload(buffer.state.id), (error) => {
      buffer.sealing = false;
      if (error === undefined) return;
      this.#options.onTrouble(error);
      if (!this.#closed)
        buffer.cancelTimer = this.#options.clock.schedule(() => {
          this.#seal(buffer);
        }, 1_000);
    });
  }

  async #sealAll(chosen: (buffer: DeliveryBuffer) => boolean): Promise<void> {
    // Whatever was acknowledged is applied: an entry's owner hears of it in the same turn.
    const buffers = [...this.#state.buffers.all()].filter(chosen);
    const done = buffers.map((buffer) => this.#untilDelivered(buffer));
    for (const buffer of buffers) this.#seal(buffer);
    await Promise.all(done);
  }

  #untilDelivered({ state }: DeliveryBuffer): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#delivered.get(state.id) ?? [];
      this.#delivered.set(state.id, [...waiting, resolve]);
    });
  }

  #enqueue(buffer: DeliveryBuffer): void {
    const { queue, deliver, transform } = this.#options;
    const { id, kind } = buffer.state;
    const run = async (): Promise<void> => {
      buffer.staging.seal();
      if (kind === 'lambda') {
        const payload = await transform(buffer);
        await this.#openLog().commit(entryKinds.transformed, payload);
      } else {
        await deliver(buffer, this.schemaOf(buffer));
        await this.#openLog().commit(entryKinds.delivered, bufferPayload(id));
      }
    };
    queue.add(
      async () => {
        const delivery = run();
        this.#delivering.add(delivery);
        await delivery.finally(() => this.#delivering.delete(delivery));
      },
      () => this.#closed,
      buffer.state.bytes,
    );
  }

  #settle(buffer: DeliveryBuffer): void {
    const discarding = buffer.staging.discard().catch(this.#options.onTrouble);
    this.#discarding.add(discarding);
    void discarding.then(() => this.#discarding.delete(discarding));
    for (const resolve of this.#delivered.get(buffer.state.id) ?? []) resolve();
    this.#delivered.delete(buffer.state.id);
  }

  #startCheckpoint(segment: number): void {
    if (this.#checkpointing !== undefined || this.#closed) return;
    this.#checkpointing = this.#checkpoint(segment)
      .catch(this.#options.onTrouble)
      .finally(() => {
        this.#checkpointing = undefined;
      });
  }

  /** Called where all entries before `segment` and none of it were applied. */
  async #checkpoint(segment: number): Promise<void> {
    const checkpoint = this.#state.save(segment);
    for (const { staging } of [...this.#state.buffers.all()]) await staging.sync();
    await this.#options.saveCheckpoint(checkpoint);
    this.#log?.dropBefore(segment);
  }
}

/** What is said about calls that were not acknowledged when the process ended. */
function cutShort({ path, offset, bytes, keptAt }: TornTail): Error {
  return new Error(
    `The last ${bytes} bytes of ${path}, from byte ${offset} on, are a write that never ended, and were cut off: the calls in it were not acknowledged.${keptAt === undefined ? '' : ` They are kept as ${keptAt}.`}`,
  );
}
