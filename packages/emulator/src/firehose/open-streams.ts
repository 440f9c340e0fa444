import { join } from 'node:path';
import type { Clock } from '@store/foundation';
import type { DamagePolicy } from '../damage-policy.js';
import { Deliverer } from '../delivery/deliverer.js';
import { invokerOf } from '../delivery/lambda-invoker.js';
import { transformBuffer } from '../delivery/lambda-processor.js';
import { Quarantine } from '../delivery/quarantine.js';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { DuckDb } from '../lake/duckdb.js';
import type { LakeFolder } from '../lake/lake-folder.js';
import { ParquetWriter } from '../lake/parquet-writer.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import type { EmulatorSettings } from '../options.js';
import { quietly } from '../failure-kind.js';
import type { StateContents } from '../state-contents.js';
import type { BufferPool } from '../wire/buffer-pool.js';
import { admissionOf, regionQuotas } from './admission.js';
import { StreamHost } from './stream-host.js';
import { StreamRegistry } from './stream-registry.js';

/** What the streams are put together from. */
export interface StreamParts {
  readonly settings: EmulatorSettings;
  /** The endpoint's state folder. */
  readonly state: string;
  readonly lake: LakeFolder;
  readonly database: DuckDb;
  readonly catalog: TableCatalog;
  readonly clock: Clock;
  readonly faults: FaultInjector;
  readonly memory: BufferPool;
  /** What is done about damaged files. */
  readonly policy: DamagePolicy;
  readonly contents: StateContents;
}

/** Puts the delivery streams together; they still have to be opened. */
export function openStreams({
  settings,
  state,
  lake,
  database,
  catalog,
  clock,
  faults,
  memory,
  policy,
  contents,
}: StreamParts): StreamHost {
  const { quotas = 'none', lambdas = {} } = settings;
  const quarantine = new Quarantine(join(settings.dataDir, 'quarantine'));
  const limits = quotas === 'none' ? undefined : typeof quotas === 'string' ? regionQuotas[quotas] : quotas;
  const invoke = invokerOf(lambdas, clock);
  return new StreamHost({
    registry: new StreamRegistry(join(state, 'firehose'), policy, contents),
    deliverer: new Deliverer(lake, new ParquetWriter(database), join(state, 'drafts'), quarantine),
    catalog,
    clock,
    maxActivePartitions: settings.maxActivePartitions,
    conversionBlockBytes: settings.conversionBlockBytes,
    segmentBytes: settings.logSegmentBytes,
    policy,
    deliveryConcurrency: settings.duckDbThreads,
    beforeWrite: () => {
      faults.beforeWrite();
    },
    beforeDelivery: () => faults.beforeDelivery(),
    quarantine,
    hasObject: (bucket, key) => lake.object(bucket, key) !== undefined,
    transform: (plan, buffer, signal) => {
      if (plan.lambda === undefined) throw new Error(`${plan.streamName} has no Lambda processor.`);
      return transformBuffer({ plan, step: plan.lambda, invoke, clock, signal }, buffer);
    },
    ensureBucket: (bucket) => lake.ensureBucket(bucket),
    admission: admissionOf(faults, limits, clock),
    onTrouble: quietly(settings.onTrouble),
    memory,
    deliverNow: settings.deliverNow,
  });
}
