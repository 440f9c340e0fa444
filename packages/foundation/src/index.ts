export {
  createVirtualClock,
  systemClock,
  wait,
  type Clock,
  type ScheduleOptions,
  type VirtualClock,
} from './clock.js';
export { CodedError } from './error.js';
export { isLoopback, isLoopbackUrl } from './loopback.js';
export { nearestNames } from './nearest-name.js';
export { shown, type OptionProblem, type OptionRule } from './option-problem.js';
export {
  callback,
  eitherOf,
  flag,
  having,
  listOf,
  mapOf,
  numberBetween,
  oneOf,
  required,
  satisfying,
  text,
  wholeNumber,
} from './option-rules.js';
export { checkOptions, nested, type OptionRules } from './options.js';
