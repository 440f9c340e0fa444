import { join } from 'node:path';
import type { BufferPool } from '../wire/buffer-pool.js';
import type { EmulatorSettings } from '../options.js';
import { Deliverer } from '../delivery/deliverer.js';
import { transformBuffer } from '../delivery/lambda-processor.js';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { DuckDb } from '../lake/duckdb.js';
import type { LakeFolder } from '../lake/lake-folder.js';
import { ParquetWriter } from '../lake/parquet-writer.js';
import type { Clock } from '@store/foundation';
import type { TableCatalog } from '../lake/table-catalog.js';
import { admissionOf, regionQuotas } from './admission.js';
import { invokerOf } from './invoke-lambda.js';
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
}: StreamParts): StreamHost {
  const { quotas = 'none', lambdas = {}, onTrouble = () => undefined } = settings;
  const limits = quotas === 'none' ? undefined : typeof quotas === 'string' ? regionQuotas[quotas] : quotas;
  const invoke = invokerOf(lambdas);
  return new StreamHost({
    registry: new StreamRegistry(join(state, 'firehose')),
    deliverer: new Deliverer(lake, new ParquetWriter(database), join(state, 'drafts')),
    catalog,
    clock,
    maxActivePartitions: settings.maxActivePartitions,
    conversionBlockBytes: settings.conversionBlockBytes,
    segmentBytes: settings.logSegmentBytes,
    deliveryConcurrency: settings.duckDbThreads,
    beforeWrite: () => {
      faults.beforeWrite();
    },
    beforeDelivery: () => faults.beforeDelivery(),
    transform: (plan, buffer) => {
      if (plan.lambda === undefined) throw new Error(`${plan.streamName} has no Lambda processor.`);
      return transformBuffer(plan, plan.lambda, buffer, invoke, clock);
    },
    ensureBucket: (bucket) => lake.ensureBucket(bucket),
    admission: admissionOf(faults, limits, clock),
    onTrouble,
    memory,
  });
}
