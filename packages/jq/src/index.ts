export { compileJq, type JqOptions, type JqProgram } from './compile-jq.js';
export { JqError, type JqErrorCode } from './error.js';
export { fieldsRead, type FieldUse } from './fields-read.js';
export type { JqObject, JqValue } from './value.js';
export { jqLimits, type JqLimits, type StepBudget } from './work-limit.js';
