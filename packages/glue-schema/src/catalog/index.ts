export { diffTable, pushTable } from './push-table.js';
export type { DiffTableOptions, PushResult, PushTableOptions } from './push-table.js';
export { planTable } from './plan-table.js';
export type { PlanOptions, TablePlan } from './plan-table.js';
export { listTableVersions, rollbackTable } from './table-versions.js';
export type {
  ListTableVersionsOptions,
  RollbackResult,
  RollbackTableOptions,
  TableVersionSummary,
} from './table-versions.js';
export { readTable } from './catalog-table.js';
export type { TableAddress } from './catalog-table.js';
export { fingerprintParameter, schemaFingerprint } from './schema-fingerprint.js';
