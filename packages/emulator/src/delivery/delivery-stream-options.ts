import type { Clock } from '@store/foundation';
import type { DamagePolicy } from '../damage-policy.js';
import type { SchemaSnapshot } from '../lake/table-catalog.js';
import type { Checkpoint, DeliveryBuffer } from './delivery-buffer.js';
import type { DeliveryQueue } from './delivery-queue.js';
import type { DeliveryPlan } from './delivery-plan.js';
import type { Quarantine } from './quarantine.js';

/** What a stream needs from its surroundings. */
export interface DeliveryStreamOptions {
  /** The stream's own folder; the log and the staging area are below it. */
  readonly folder: string;
  readonly plan: DeliveryPlan;
  readonly checkpoint: Checkpoint;
  readonly clock: Clock;
  readonly queue: DeliveryQueue;
  /** Calls of the Lambda processor wait here, so that a slow function holds up no delivery. */
  readonly transforms: DeliveryQueue;
  readonly quarantine: Quarantine;
  readonly segmentBytes: number;
  /** What is done about damaged files. */
  readonly policy: DamagePolicy;
  readonly beforeWrite: () => void;
  /** The table that records are converted by, as the catalog has it now. */
  readonly currentSchema: () => SchemaSnapshot | undefined;
  /** Makes the checkpoint durable. */
  readonly saveCheckpoint: (checkpoint: Checkpoint) => Promise<void>;
  /** Whether the lake has the object of a buffer. */
  readonly hasObject: (buffer: DeliveryBuffer) => boolean;
  /** Writes a sealed buffer's objects into the lake, or where else it goes once that failed. */
  readonly deliver: (buffer: DeliveryBuffer, schema: SchemaSnapshot | undefined) => Promise<void>;
  /** Calls the Lambda processor for a sealed buffer; gives the payload of a `transformed` entry. */
  readonly transform: (buffer: DeliveryBuffer) => Promise<Buffer>;
  /** Told of what goes wrong behind the scenes and is tried again. */
  readonly onTrouble: (error: unknown) => void;
}
