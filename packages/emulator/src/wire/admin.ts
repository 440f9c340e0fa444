import { deliveryLimits } from '../delivery/delivery-limits.js';
import { checkFaultPlan } from '../faults/fault-plan.js';
import type { FaultInjector } from '../faults/fault-injector.js';
import { EmulatorError } from '../errors.js';
import type { RunningServices } from '../running-services.js';
import { parseJson } from './json-body.js';
import { ServiceError } from './service-error.js';

/** What the paths below `/_emulator/` act on. */
export interface AdminOptions {
  readonly faults: FaultInjector;
  readonly running: RunningServices;
  /** Of the package that this is built into. */
  readonly version: string;
}

/** Buffers of a stream that `status` lists one by one. */
const shownBuffers = 1000;

/** Answers one call of the endpoint's own: `health`, `reset`, `flush`, `faults`, `status`. */
export async function answerAdmin(
  { faults, running, version }: AdminOptions,
  path: string,
  method: string,
  body: Buffer,
): Promise<unknown> {
  const call = `${method} ${path}`;
  if (call === 'GET health') {
    const state = running.isResetting ? 'resetting' : 'running';
    const services = running.current.table.map(({ scope }) => [scope, state] as const);
    return { status: state, version, services: Object.fromEntries(services) };
  }
  if (call === 'POST reset') {
    await running.reset();
    return {};
  }
  if (call === 'POST flush') {
    return { undelivered: await running.use(({ streams }) => streams.flush(deliveryLimits.flushMs)) };
  }
  if (call === 'GET faults') return faults.plan;
  if (call === 'PUT faults') {
    faults.plan = planFrom(body);
    return faults.plan;
  }
  if (call === 'GET status') {
    const { streams } = running.current;
    return {
      streams: streams.options.registry.all().map(({ name }) => {
        const buffers = streams.running(name)?.undelivered() ?? [];
        const left = streams.running(name)?.left();
        return {
          name,
          openBuffers: buffers.length,
          buffers: buffers.slice(0, shownBuffers).map(({ state }) => ({
            kind: state.kind,
            object: `s3://${state.bucket}/${state.objectKey}`,
            records: state.records,
            bytes: state.bytes,
            openedAt: new Date(state.openedAt).toISOString(),
          })),
          undeliveredRecords: left?.records ?? 0,
          undeliveredBytes: left?.bytes ?? 0,
          reasons: left?.reasons ?? [],
          quarantine: streams.options.quarantine.count(name),
        };
      }),
    };
  }
  throw new ServiceError(
    'UnknownOperationException',
    `Expected GET health, POST reset, POST flush, GET status, GET faults or PUT faults below /_emulator/, got ${call}.`,
    404,
  );
}

function planFrom(body: Buffer): FaultInjector['plan'] {
  try {
    return checkFaultPlan(parseJson(body));
  } catch (error) {
    if (!(error instanceof EmulatorError)) throw error;
    throw new ServiceError('ValidationException', error.message);
  }
}
