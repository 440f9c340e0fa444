import { join } from 'node:path';
import type { Clock } from '@store/foundation';
import { Deliverer } from '../delivery/deliverer.js';
import { transformBuffer, type InvokeLambda } from '../delivery/lambda-processor.js';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { DuckDb } from '../lake/duckdb.js';
import type { LakeFolder } from '../lake/lake-folder.js';
import { ParquetWriter } from '../lake/parquet-writer.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import type { EmulatorSettings, LambdaFunction } from '../options.js';
import type { BufferPool } from '../wire/buffer-pool.js';
import { ServiceError } from '../wire/service-error.js';
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

/** Longest time that one call of a function may take; source: Firehose developer guide, Lambda, read 2026-08. */
const INVOKE_MS = 5 * 60 * 1000;

/** Calls a function of this process by its ARN, or one behind a URL where the "ARN" is one. */
export function invokerOf(functions: Readonly<Record<string, LambdaFunction>>): InvokeLambda {
  return async (functionArn, event) => {
    const own = functions[functionArn] ?? functions[functionArn.replace(/:\$LATEST$/, '')];
    if (own !== undefined) return own(event);
    if (!/^https?:\/\//.test(functionArn)) {
      throw new ServiceError(
        'Lambda.InvokeLimitExceeded',
        `No function is known as ${functionArn}; name it in the option \`lambdas\`, or give a URL.`,
      );
    }
    const response = await fetch(functionArn, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(INVOKE_MS),
    });
    if (!response.ok) throw new Error(`The function answered ${response.status}.`);
    const answer: unknown = await response.json();
    return answer;
  };
}
