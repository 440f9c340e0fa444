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
export {
  callback,
  checkOptions,
  eitherOf,
  flag,
  having,
  listOf,
  mapOf,
  nested,
  numberBetween,
  oneOf,
  required,
  satisfying,
  shown,
  text,
  wholeNumber,
  type OptionProblem,
  type OptionRule,
  type OptionRules,
} from './options.js';
