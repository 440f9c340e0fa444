import type { FaultInjector } from '../faults/fault-injector.js';
import { ServiceError } from '../service.js';
import type { Admission } from './stream-host.js';

const slowDown = { code: 'ServiceUnavailableException', message: 'Slow down.' };

/** Lets records in unless a fault is due. */
export function admissionOf(faults: FaultInjector): Admission {
  return {
    call() {
      if (faults.strikes('throttledCalls')) throw new ServiceError(slowDown.code, slowDown.message, 503);
    },
    record() {
      return faults.strikes('refusedRecords') ? slowDown : undefined;
    },
  };
}
