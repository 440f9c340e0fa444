/**
 * What generated validators and encoders import. Nothing here is for people to call, and all of it is small: a
 * bundle takes only what one type needs.
 */
export { isDecimal, isWideDecimal } from './decimal.js';
export { isIsoDate, isIsoTimestamp } from './time.js';
export {
  hasKeys,
  isArrayOf,
  isBase64,
  isBoundedText,
  isEpochMillis,
  isEpochSeconds,
  isFloat,
  isFoldedKey,
  isInt32,
  isInt64,
  isInt64Key,
  isIntKey,
  isIntOf,
  isLowerCaseJson,
  isMapOf,
  isRecord,
  isText,
} from './values.js';
export {
  arrayOf,
  binary,
  boolean,
  boundedText,
  date,
  decimal,
  double,
  epochMillis,
  epochSeconds,
  findIssues,
  float,
  int,
  int64,
  json,
  mapOf,
  oneOf,
  safeInt,
  struct,
  text,
  timestamp,
  wideDecimal,
} from './rules.js';
export type { Wire } from '../wire.js';
export {
  leastOfArray,
  leastOfExact,
  leastOfInstant,
  leastOfInt32,
  leastOfJson,
  leastOfLong,
  leastOfMap,
  leastOfNumber,
  leastOfOne,
} from './least-length.js';
export { parseRecord } from './parse-record.js';
export { hasToJson, plainOf } from './plain-values.js';
export type { RecordMembers } from './plain-values.js';
export type { ExactPlan } from './exact-values.js';
export type { ParseIssue, ParseResult } from './parse-record.js';
export { oneRecord } from './one-record.js';
export type { WireField, WireRule } from './rules.js';
export { toStandardSchema } from './validation.js';
export { putBoolean, putJson, putNumber, putScalar, putString, viewOf } from './record-bytes.js';
export { encodeTight, sizeOfJson, sizeOfNumber, sizeOfScalar, sizeOfText } from './record-sizes.js';
export {
  copyEntry,
  digitTables,
  fragmentsOf,
  holdRows,
  noEntry,
  putFarInstant,
  putPadded,
  turnHour,
} from './column-bytes.js';
export type {
  ColumnEncoder,
  DigitTables,
  Fragments,
  Hour,
  Positions,
  RowBuffer,
  RowEnding,
} from './column-bytes.js';
export type { RecordEncoder } from './record-bytes.js';
export type { StandardResult, StandardSchema, ValidationIssue, ValidationResult } from './validation.js';
