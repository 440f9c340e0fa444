export { startEmulator } from './emulator.js';
export type { Emulator } from './emulator.js';
export { emulatorDefaults } from './options.js';
export type { EmulatorOptions, LambdaFunction, QuotaOptions } from './options.js';
export { EmulatorError } from './errors.js';
export type { EmulatorErrorCode } from './errors.js';
export type { FaultPlan } from './faults/fault-plan.js';
export { createVirtualClock } from './clock.js';
export type { VirtualClock } from './clock.js';
export { compileJq, JqError } from '@store/jq';
export type { JqErrorCode, JqObject, JqOptions, JqProgram, JqValue } from '@store/jq';

export { ServiceError } from './service.js';
export type {
  CatalogTable,
  Clock,
  JsonService,
  RequestContext,
  SqlEngine,
  SqlResult,
  TableCatalog,
} from './service.js';
