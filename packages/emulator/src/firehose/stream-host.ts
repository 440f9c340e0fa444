import { randomBytes } from 'node:crypto';
import type { DamagePolicy } from '../damage-policy.js';
import { KeyedTurns } from '../keyed-turns.js';
import type { Deliverer } from '../delivery/deliverer.js';
import { DeliveryStream } from '../delivery/delivery-stream.js';
import { DeliveryQueue } from '../delivery/delivery-queue.js';
import type { DeliveryBuffer } from '../delivery/delivery-buffer.js';
import type { DeliveryPlan } from '../delivery/delivery-plan.js';
import { deliveryLimits } from '../delivery/delivery-limits.js';
import type { Quarantine } from '../delivery/quarantine.js';
import type { UndeliveredRecords } from '../delivery/undelivered.js';
import type { SchemaSnapshot, TableCatalog } from '../lake/table-catalog.js';
import type { BufferPool } from '../wire/buffer-pool.js';
import type { Admission } from './admission.js';
import { ServiceError } from '../wire/service-error.js';
import type { Clock } from '@store/foundation';
import { converts } from './configuration.js';
import { planFromConfiguration } from './plan-from-configuration.js';
import type { StoredStream, StreamRegistry } from './stream-registry.js';

/** What the streams run on. */
export interface StreamHostOptions {
  readonly registry: StreamRegistry;
  readonly deliverer: Deliverer;
  readonly catalog: TableCatalog;
  readonly clock: Clock;
  readonly maxActivePartitions: number;
  readonly conversionBlockBytes: number;
  readonly segmentBytes: number;
  readonly policy: DamagePolicy;
  readonly deliveryConcurrency: number;
  readonly beforeWrite: () => void;
  /** Waits, or throws, where a fault wants a delivery to be slow or to fail. */
  readonly beforeDelivery: () => Promise<void>;
  readonly transform: (plan: DeliveryPlan, buffer: DeliveryBuffer, signal: AbortSignal) => Promise<Buffer>;
  readonly quarantine: Quarantine;
  readonly hasObject: (bucket: string, key: string) => boolean;
  readonly ensureBucket: (bucket: string) => Promise<void>;
  readonly onTrouble: (error: unknown) => void;
  /** Whether one record is refused, and how; and whether a whole call is throttled. */
  readonly admission: Admission;
  /** Whether a put is answered only when its records are objects. */
  readonly deliverNow: boolean;
  /** Where calls take the memory for what they write. */
  readonly memory: BufferPool;
}

/** The delivery streams of the endpoint: their settings, and each one at work. */
export class StreamHost {
  readonly options: StreamHostOptions;
  readonly queue: DeliveryQueue;
  readonly #transforms: DeliveryQueue;
  readonly #closing = new AbortController();
  #leftAtClose: readonly UndeliveredRecords[] = [];
  /** Changes of each stream by its name: one starts from what the one before has left. */
  readonly turns: KeyedTurns = new KeyedTurns();
  readonly #running = new Map<string, DeliveryStream>();

  constructor(options: StreamHostOptions) {
    this.options = options;
    const { clock, deliveryConcurrency: concurrency } = options;
    this.queue = new DeliveryQueue({ clock, concurrency, perOwner: concurrency });
    this.#transforms = new DeliveryQueue({ clock, ...transformsAtOnce });
  }

  /** Opens the streams that are on disk. */
  async open(): Promise<void> {
    const { registry } = this.options;
    await registry.load();
    // One that is refused ends the start, and not before the others are open: nothing continues behind that
    // end.
    const started = await Promise.allSettled(registry.all().map((stream) => this.start(stream)));
    for (const result of started) if (result.status === 'rejected') throw result.reason;
  }

  /** A stream's settings; throws AWS's error when there is no such stream. */
  stored(name: string, accountId: string): StoredStream {
    const stream = this.options.registry.get(name);
    if (stream !== undefined) return stream;
    throw new ServiceError(
      'ResourceNotFoundException',
      `Firehose ${name} under account ${accountId} not found.`,
    );
  }

  /** A stream at work. */
  running(name: string): DeliveryStream | undefined {
    return this.#running.get(name);
  }

  /** Every stream at work. */
  allRunning(): readonly DeliveryStream[] {
    return [...this.#running.values()];
  }

  /** Whether a stream converts its records by a table. */
  feeds(databaseName: string, tableName: string): boolean {
    return this.options.registry.all().some(({ configuration }) => {
      const schema = configuration.DataFormatConversionConfiguration?.SchemaConfiguration;
      return (
        schema?.DatabaseName?.toLowerCase() === databaseName.toLowerCase() &&
        schema.TableName?.toLowerCase() === tableName.toLowerCase()
      );
    });
  }

  /** Puts a stream to work with its settings as they are now. */
  async start(stored: StoredStream): Promise<void> {
    const { registry, deliverer, catalog, clock, segmentBytes, policy, beforeWrite, onTrouble } =
      this.options;
    const { maxActivePartitions, conversionBlockBytes, beforeDelivery, transform } = this.options;
    const { quarantine, hasObject } = this.options;
    const { name, arn, id, versionId, configuration } = stored;
    const plan = planFromConfiguration(configuration, {
      streamName: name,
      streamArn: arn,
      streamId: id,
      streamVersion: versionId,
      maxActivePartitions,
      conversionBlockBytes,
    });
    const stream = await DeliveryStream.open({
      folder: registry.folderOf(name),
      plan,
      checkpoint: registry.checkpoint(name),
      clock,
      queue: this.queue,
      transforms: this.#transforms,
      quarantine,
      hasObject: ({ state }) => hasObject(state.bucket, state.objectKey),
      segmentBytes,
      policy,
      beforeWrite,
      onTrouble,
      currentSchema: () => schemaOf(stored, catalog),
      saveCheckpoint: (checkpoint) => registry.saveCheckpoint(name, checkpoint),
      deliver: async (buffer, schema) => {
        await beforeDelivery();
        await deliverer.deliver(plan, buffer, schema);
      },
      transform: (buffer) => transform(plan, buffer, this.#closing.signal),
    });
    this.#running.set(name, stream);
  }

  /** Delivers what a stream holds, taking in no more, and stops it; returns what is left. */
  async drain(name: string): Promise<UndeliveredRecords | undefined> {
    const stream = this.#running.get(name);
    this.#running.delete(name);
    try {
      return await stream?.flush(deliveryLimits.flushMs);
    } finally {
      await stream?.close();
    }
  }

  /** Delivers what was just put, where that is asked for; what cannot be goes out as usual. */
  async deliverNow(name: string): Promise<void> {
    if (!this.options.deliverNow) return;
    try {
      await this.#running.get(name)?.flush(deliveryLimits.deliverNowMs);
    } catch (error) {
      // The records are acknowledged: they are on disk, and stay there.
      this.options.onTrouble(error);
    }
  }

  /** Takes a stream out of work; its state stays on disk. */
  async stop(name: string): Promise<void> {
    const stream = this.#running.get(name);
    this.#running.delete(name);
    await stream?.close();
  }

  /** What was left when the streams were closed. */
  get leftAtClose(): readonly UndeliveredRecords[] {
    return this.#leftAtClose;
  }

  /** Delivers everything that all streams hold, each without regard to the others; returns what is left. */
  async flush(deadlineMs: number): Promise<readonly UndeliveredRecords[]> {
    const left = await Promise.all(this.allRunning().map((stream) => stream.flush(deadlineMs)));
    return left.filter((records) => records !== undefined);
  }

  /** Stops everything, and waits little for what is under way; notes what goes out after the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([
      this.queue.close(deliveryLimits.closeMs),
      this.#transforms.close(deliveryLimits.closeMs),
    ]);
    this.#leftAtClose = this.allRunning().flatMap((stream) => stream.left() ?? []);
    await Promise.all([...this.#running.keys()].map((name) => this.stop(name)));
  }
}

/** Calls of Lambda processors at the same time; source: Firehose invokes several for a stream (developer guide, 2026-11). */
const transformsAtOnce = { concurrency: 32, perOwner: 4 };

/** An identifier for a new stream. */
export function newStreamId(): string {
  return randomBytes(9).toString('hex');
}

function schemaOf(stored: StoredStream, catalog: TableCatalog): SchemaSnapshot | undefined {
  if (!converts(stored.configuration)) return undefined;
  const configured = stored.configuration.DataFormatConversionConfiguration?.SchemaConfiguration ?? {};
  const { DatabaseName = '', TableName = '', VersionId = 'LATEST' } = configured;
  const table = catalog.getTable(DatabaseName, TableName, VersionId === 'LATEST' ? undefined : VersionId);
  const [, , , region = '', accountId = ''] = stored.arn.split(':');
  return {
    catalogId: configured.CatalogId ?? accountId,
    region: configured.Region ?? region,
    databaseName: DatabaseName,
    tableName: TableName,
    versionId: table?.versionId ?? VersionId,
    ...(table === undefined ? {} : { columns: table.columns.map(({ Name, Type }) => ({ Name, Type })) }),
    ...(table === undefined || table.sortColumns.length === 0 ? {} : { sortColumns: table.sortColumns }),
  };
}
