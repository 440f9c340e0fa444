export {
  createVirtualClock,
  systemClock,
  timeoutSignal,
  wait,
  type Clock,
  type ScheduleOptions,
  type VirtualClock,
} from './clock.js';
export { CodedError } from './error.js';
export { jsonDocuments, type JsonDocument } from './json-documents.js';
export { JsonNumber, type NumberMode } from './json-number.js';
export type { DuplicateKey, JsonFailure, JsonPath } from './json-parser.js';
export { placeInJson, type JsonPlace } from './json-place.js';
export {
  jsonLimits,
  readJson,
  type JsonLimits,
  type JsonReading,
  type JsonReadOptions,
} from './json-reader.js';
export { stringifyJson, type JsonTextOptions } from './json-text.js';
export { foreignPage, isPageVisit, type RequestHeaders } from './foreign-page.js';
export { inertText } from './inert-text.js';
export { isAwsHost, isLoopback, isLoopbackUrl } from './hosts.js';
export { nearestNames } from './nearest-name.js';
export { shown, type OptionProblem, type OptionRule } from './option-problem.js';
export {
  abortSignal,
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
export { checkArgument, checkOptions, nested, type OptionRules } from './options.js';
