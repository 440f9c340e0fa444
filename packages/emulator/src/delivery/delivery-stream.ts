import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '@store/durable';
import { openEndpointLog } from '../endpoint-log.js';
import { type DeliveryBuffer, isFull } from './delivery-buffer.js';
import type { DeliveryStreamOptions } from './delivery-stream-options.js';
import { entryKinds, kindOf, putTag } from './entry-kinds.js';
import { deliveryLimits } from './delivery-limits.js';
import { reasonOf } from '../failure-kind.js';
import { missingOfStream } from './missing-entries.js';
import type { SchemaSnapshot } from '../lake/table-catalog.js';
import { putEntryCount } from './put-entry.js';
import { checkStaged, meetStagedDamage } from './staged-damage.js';
import { bufferPayload, schemaPayload, StreamState } from './stream-state.js';
import { SealedBuffers } from './sealed-buffers.js';
import { StallLimit } from './stall-limit.js';
import { undeliveredOf, type UndeliveredRecords } from './undelivered.js';

const FIRST_SEAL_PAUSE_MS = 100;
const LAST_SEAL_PAUSE_MS = 30_000;

/** A delivery stream at work: takes records in, seals buffers by size and age, sees them delivered. */
export class DeliveryStream {
  readonly #options: DeliveryStreamOptions;
  readonly #state: StreamState;
  readonly #deliveries: SealedBuffers;
  #log: Log | undefined;
  #loggedSchema = '';
  #nextSchemaId = 1;
  #checkpointing: Promise<void> | undefined;
  #replaying = true;
  #closed = false;

  private constructor(options: DeliveryStreamOptions) {
    this.#options = options;
    this.#deliveries = new SealedBuffers(options, {
      log: () => this.#openLog(),
      schemaOf: (buffer) => this.schemaOf(buffer),
    });
    this.#state = new StreamState(options.plan, join(options.folder, 'staging'), options.checkpoint, {
      onOpened: (buffer) => {
        if (!this.#replaying) this.#arm(buffer);
      },
      onSealed: (buffer) => {
        if (!this.#replaying) this.#deliveries.add(buffer);
      },
      onDelivered: (buffer) => {
        this.#deliveries.settle(buffer);
      },
      beforeWrite: () => {
        options.beforeWrite();
      },
      isInLake: (buffer) => buffer.staging.gone || options.hasObject(buffer),
      onUnworkable: (entry, records, error) => {
        this.#quarantineEntry(entry, records, error);
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
    log.enqueue(putTag(putEntryCount(payload)), payload, settle, release);
  }

  /** Why the stream cannot take records at present: the disk is full. Asking tries again. */
  get trouble(): Error | undefined {
    const { diskTrouble } = this.#deliveries;
    if (diskTrouble !== undefined) return diskTrouble;
    for (const { staging } of this.#state.buffers.all()) {
      const { trouble } = staging;
      if (trouble !== undefined) return trouble;
    }
    return undefined;
  }

  /**
   * Delivers everything that was taken in before the call, and returns what of it is left: what the disk does not take,
   * or what did not come to an end in time ({@link StallLimit}).
   */
  async flush(deadlineMs: number): Promise<UndeliveredRecords | undefined> {
    const { plan, queue, transforms } = this.#options;
    const calm = [queue.hurry(plan.streamId), transforms.hurry(plan.streamId)];
    const limit = new StallLimit(Math.min(deadlineMs, deliveryLimits.flushMs), () =>
      Math.max(queue.succeededAt, transforms.succeededAt),
    );
    try {
      const lambda = await this.#sealAll((buffer) => buffer.state.kind === 'lambda', limit);
      const others = await this.#sealAll(({ state }) => state.kind !== 'lambda', limit);
      return undeliveredOf(plan.streamName, [...lambda, ...others]);
    } finally {
      limit.cancel();
      for (const end of calm) end();
    }
  }

  /** What the stream holds that is not in the lake. */
  left(): UndeliveredRecords | undefined {
    return undeliveredOf(this.#options.plan.streamName, this.undelivered());
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
    await this.#deliveries.close();
    await this.#log?.close();
    await this.#checkpointing;
    if (this.#log !== undefined) await this.#checkpoint(this.#log.segment + 1).catch(this.#options.onTrouble);
    for (const { staging } of this.#state.buffers.all()) staging.close();
    await this.#deliveries.discarded();
  }

  async #recover(): Promise<void> {
    const { folder, checkpoint, segmentBytes, policy, beforeWrite, currentSchema } = this.#options;
    const staging = join(folder, 'staging');
    const logFolder = join(folder, 'log');
    await mkdir(staging, { recursive: true });
    await this.#removeStrays(staging);
    const damages = checkStaged(this.#state.buffers.all(), policy);
    this.#log = openEndpointLog(logFolder, {
      policy,
      missing: missingOfStream,
      onSalvaged: () => {
        this.#state.passOver(currentSchema());
      },
      from: checkpoint.segment,
      segmentBytes,
      beforeWrite,
      onEntry: (entry) => {
        this.#state.apply(entry, true);
      },
      onCommitted: (entry) => {
        this.#state.apply(entry);
        if (kindOf(entry.tag) === entryKinds.put) this.#sealFull();
      },
      onSegmentStart: (segment) => {
        this.#startCheckpoint(segment);
      },
    });
    meetStagedDamage(damages, this.#state.buffers, policy);
    for (const buffer of this.#state.buffers.all()) buffer.staging.restore();
    this.#replaying = false;
    const schemaId = this.#state.currentSchema ?? 0;
    const schema = this.#state.schemas.get(schemaId);
    this.#loggedSchema = schema === undefined ? '' : JSON.stringify(schema);
    this.#nextSchemaId = schemaId + 1;
    this.#startCheckpoint(this.#log.segment);
    for (const buffer of this.#state.buffers.all()) {
      if (buffer.state.sealed) this.#deliveries.add(buffer);
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
      if (!known.has(name) && !name.includes('.damaged')) await rm(join(staging, name), { recursive: true });
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
    // A clock that was set back while the endpoint was stopped makes nothing wait longer than its interval.
    const dueMs = Math.min(intervalMs, Math.max(0, buffer.state.openedAt + intervalMs - clock.wallNow()));
    buffer.cancelTimer = clock.schedule(() => {
      this.#seal(buffer);
    }, dueMs);
  }

  #sealFull(): void {
    const { clock, plan } = this.#options;
    for (const buffer of this.#state.buffers.all()) if (isFull(buffer, plan, clock)) this.#seal(buffer);
  }

  #seal(buffer: DeliveryBuffer, pauseMs = FIRST_SEAL_PAUSE_MS): void {
    if (buffer.sealing || buffer.state.sealed || this.#closed) return;
    buffer.sealing = true;
    this.#openLog().enqueue(entryKinds.seal, bufferPayload(buffer.state.id), (error) => {
      buffer.sealing = false;
      if (error === undefined) return;
      // Of the log's own disk the next put hears, from the log.
      this.#deliveries.failed(buffer, error, false);
      if (this.#closed || buffer.failure?.isFinal === true) return;
      buffer.cancelTimer = this.#options.clock.schedule(() => {
        this.#seal(buffer, Math.min(LAST_SEAL_PAUSE_MS, 2 * pauseMs));
      }, pauseMs);
    });
  }

  /** Returns the buffers that were not delivered. */
  async #sealAll(
    chosen: (buffer: DeliveryBuffer) => boolean,
    limit: StallLimit,
  ): Promise<readonly DeliveryBuffer[]> {
    // Whatever was acknowledged is applied: an entry's owner hears of it in the same turn.
    const buffers = [...this.#state.buffers.all()].filter(chosen);
    const done = buffers.map((buffer) => this.#deliveries.untilSettled(buffer));
    for (const buffer of buffers) this.#seal(buffer);
    const left = (): readonly DeliveryBuffer[] =>
      buffers.filter((buffer) => this.#state.buffers.get(buffer.state.id) === buffer);
    limit.waitsForDisk = () => left().every(({ failure }) => failure?.kind === 'disk');
    await Promise.race([Promise.all(done), limit.reached]);
    return left();
  }

  #quarantineEntry(payload: Buffer, records: number, error: unknown): void {
    const { plan, quarantine, onTrouble, clock } = this.#options;
    const hash = createHash('sha256').update(payload).digest('hex').slice(0, 16);
    quarantine.keepEntry(`${plan.streamId}-entry-${hash}`, payload, {
      deliveryStreamName: plan.streamName,
      code: 'Processing.InternalFailure',
      reason: reasonOf(error),
      records,
      bytes: payload.length,
      arrivedAt: clock.wallNow(),
    });
    onTrouble(
      new Error(
        `${records} records of ${plan.streamName} could not be worked on and are in the quarantine: ${reasonOf(error)}`,
      ),
    );
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
