import type { LogEntry } from '@store/durable';
import { entryKinds, kindOf } from './entry-kinds.js';
import { readPutEntry } from './put-entry.js';
import { BufferSet } from './buffer-set.js';
import type { Checkpoint, SavedSchema, DeliveryBuffer } from './delivery-buffer.js';
import { LambdaCollector, readTransformedEntry } from './lambda-records.js';
import type { DeliveryPlan } from './delivery-plan.js';
import { openPlainRecords } from './plain-records.js';
import { RecordSorter, type CurrentSchema } from './record-sorter.js';
import { MAX_SUB_RECORDS } from './sub-records.js';
import type { SchemaSnapshot } from '../lake/table-catalog.js';
import { unreadType } from '../lake/unread-type.js';

/** Callbacks of the stream's state. */
export interface StateListener {
  onOpened(buffer: DeliveryBuffer): void;
  /** The buffer's seal is on disk: it may be delivered. */
  onSealed(buffer: DeliveryBuffer): void;
  /** The delivery is on disk: nothing of the buffer is needed any more. */
  onDelivered(buffer: DeliveryBuffer): void;
  /** Before bytes are staged; throws what a full disk would. */
  beforeWrite(): void;
  /** Whether a buffer's object is in the lake, or there is nothing left of the buffer to be delivered. */
  isInLake(buffer: DeliveryBuffer): boolean;
  /** Bytes of the log that cannot be worked on, nor be reported in the error output; keeps them, or throws. */
  onUnworkable(bytes: Buffer, records: number, error: unknown): void;
}

/**
 * Everything a delivery stream holds, as a function of its log: entries go in, in order, live or replayed, and
 * the same entries always lead to the same buffers.
 */
export class StreamState {
  readonly buffers: BufferSet;
  readonly schemas: Map<number, SchemaSnapshot> = new Map<number, SchemaSnapshot>();
  readonly #plan: DeliveryPlan;
  readonly #sorter: RecordSorter;
  readonly #lambda: LambdaCollector;
  readonly #listener: StateListener;
  #sequence: number;
  #currentSchema: number | undefined;

  constructor(plan: DeliveryPlan, folder: string, checkpoint: Checkpoint, listener: StateListener) {
    this.#plan = plan;
    this.#listener = listener;
    this.#sequence = checkpoint.nextSequence;
    this.buffers = new BufferSet(folder, checkpoint.nextBufferId, () => {
      listener.beforeWrite();
    });
    const onOpened = (buffer: DeliveryBuffer): void => {
      listener.onOpened(buffer);
    };
    this.#sorter = new RecordSorter(plan, this.buffers, onOpened);
    this.#lambda = new LambdaCollector(plan, this.buffers, onOpened);
    for (const saved of checkpoint.buffers) this.buffers.restore(saved);
    for (const schema of checkpoint.schemas) this.#useSchema(schema);
  }

  /** Number of the schema that the next record is converted by. */
  get currentSchema(): number | undefined {
    return this.#currentSchema;
  }

  /** Takes in one entry of the log. One that cannot be worked on costs itself, and neither the log nor a start. */
  apply({ tag, payload }: Pick<LogEntry, 'tag' | 'payload'>, replays = false): void {
    const kind = kindOf(tag);
    try {
      if (kind === entryKinds.put) this.#put(payload);
      else if (kind === entryKinds.seal) this.#seal(payload.readDoubleLE(0));
      else if (kind === entryKinds.delivered) this.#delivered(payload.readDoubleLE(0), replays);
      else if (kind === entryKinds.schema) this.#useSchema(parseSchema(payload));
      else if (kind === entryKinds.transformed) this.#transformed(payload);
    } catch (error) {
      this.#listener.onUnworkable(payload, kind === entryKinds.put ? countOf(payload) : 0, error);
    }
  }

  /**
   * Continues behind entries that are missing. One of them may have sealed a buffer, opened one or changed
   * the table: what follows goes to buffers of its own, by the table as it is now, so that no later note that
   * a buffer was delivered is taken for one on records that it did not hold.
   */
  passOver(snapshot: SchemaSnapshot | undefined): void {
    for (const buffer of this.buffers.all()) this.buffers.seal(buffer);
    this.buffers.skipIds();
    if (snapshot !== undefined) this.#useSchema({ id: this.buffers.nextId, snapshot });
  }

  /** What a checkpoint keeps; writes what is in memory to the staging files first. */
  save(segment: number): Checkpoint {
    const buffers = [...this.buffers.all()];
    for (const { staging } of buffers) staging.flush();
    const used = new Set(buffers.map(({ state }) => state.schemaId));
    return {
      segment,
      nextBufferId: this.buffers.nextId,
      nextSequence: this.#sequence,
      buffers: buffers.map((buffer) => buffer.save()),
      schemas: [...this.schemas]
        .map(([id, snapshot]) => ({ id, snapshot }))
        .filter(({ id }) => used.has(id) || id === this.#currentSchema),
    };
  }

  #put(payload: Buffer): void {
    const entry = readPutEntry(payload);
    this.#sorter.begin(payload, entry.dataStart);
    entry.forEach((start, end) => {
      this.#sequence += 1;
      const sequenceNumber = String(this.#sequence);
      const origin = { arrivalAt: entry.arrivalAt, sequenceNumber };
      try {
        if (this.#plan.lambda === undefined) this.#sorter.sort(payload, start, end, origin);
        else this.#lambda.collect(payload, start, end, origin);
      } catch (error) {
        this.#listener.onUnworkable(payload.subarray(start, end), 1, error);
      }
    });
    this.#sorter.finish();
  }

  #seal(id: number): void {
    const buffer = this.buffers.get(id);
    if (buffer === undefined || buffer.state.sealed) return;
    this.buffers.seal(buffer);
    this.#listener.onSealed(buffer);
  }

  #delivered(id: number, replays = false): void {
    const known = this.buffers.get(id);
    // A release that sorted records otherwise may have given this number to another buffer. To deliver one again does
    // no harm: its object has the same name.
    if (replays && known !== undefined && known.state.kind !== 'lambda' && !this.#listener.isInLake(known)) {
      return;
    }
    const buffer = this.buffers.remove(id);
    if (buffer !== undefined) this.#listener.onDelivered(buffer);
  }

  #transformed(payload: Buffer): void {
    const { bufferId, results } = readTransformedEntry(payload);
    for (const result of results) {
      try {
        if (result.kind === 'failed') this.#sorter.fail(result.failed, result.sequenceNumber);
        else this.#sorter.sort(result.data, 0, result.data.length, result.origin);
      } catch (error) {
        const bytes = result.kind === 'failed' ? result.failed.rawData : result.data;
        this.#listener.onUnworkable(bytes, 1, error);
      }
    }
    this.#sorter.finish();
    this.#delivered(bufferId);
  }

  #useSchema({ id, snapshot }: SavedSchema): void {
    this.schemas.set(id, snapshot);
    this.#currentSchema = id;
    this.#sorter.schema = openSchema(this.#plan, id, snapshot);
  }
}

function countOf(payload: Buffer): number {
  return payload.length < 12 ? 0 : payload.readUInt32LE(8);
}

/** Payload of a `schema` entry. */
export function schemaPayload(schema: SavedSchema): Buffer {
  return Buffer.from(JSON.stringify(schema));
}

/** Payload of a `seal` or `delivered` entry. */
export function bufferPayload(bufferId: number): Buffer {
  const payload = Buffer.alloc(8);
  payload.writeDoubleLE(bufferId, 0);
  return payload;
}

function parseSchema(payload: Buffer): SavedSchema {
  // Written by schemaPayload, and its sum was checked.
  return JSON.parse(payload.toString()) as SavedSchema;
}

function openSchema(plan: DeliveryPlan, id: number, snapshot: SchemaSnapshot): CurrentSchema {
  const { databaseName, tableName } = snapshot;
  if (snapshot.columns === undefined) {
    const message = `The table ${databaseName}.${tableName} does not exist in the Glue Data Catalog.`;
    return { id, snapshot, problem: { code: 'DataFormatConversion.EntityNotFound', message } };
  }
  if (plan.conversion === undefined) return { id, snapshot };
  const unread = unreadType(snapshot.columns);
  if (unread !== undefined) {
    const message = `In the table ${databaseName}.${tableName} ${unread}`;
    return { id, snapshot, problem: { code: 'DataFormatConversion.InvalidSchema', message } };
  }
  try {
    const deserializer = plan.conversion.deserializer(snapshot);
    const plain = openPlainRecords(plan, snapshot.columns, MAX_SUB_RECORDS);
    return { id, snapshot, deserializer, ...(plain === undefined ? {} : { plain }) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, snapshot, problem: { code: 'DataFormatConversion.InvalidSchema', message } };
  }
}
