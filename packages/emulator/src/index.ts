export { startEmulator } from './emulator.js';
export type { Emulator, FlushOptions } from './emulator.js';
export { emulatorDefaults } from './options.js';
export type { EmulatorOptions, LambdaFunction, QuotaOptions } from './options.js';
export { EmulatorError } from './errors.js';
export type { EmulatorErrorCode } from './errors.js';
export type { FaultPlan } from './faults/fault-plan.js';
export type { UndeliveredRecords } from './delivery/undelivered.js';
