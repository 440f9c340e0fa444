export { IntakeError, type IntakeErrorCode, type IntakeErrorFacts, type IntakeProblem } from './errors.js';
export { compileMapping, mapRecord, type MappingSource } from './mapping/compile-mapping.js';
export {
  mappingLimits,
  type ExtractName,
  type FieldSource,
  type MappedField,
  type MappingDocument,
  type MappingFields,
  type MappingLimits,
  type Unpivot,
  type ZoneSource,
} from './mapping/document.js';
export { mappingDocumentJsonSchema } from './mapping/document.json-schema.generated.js';
export type { MappingFunction } from './mapping/mapping-function.js';
export { createShelfTable, type KnownStock, type ShelfTable } from './mapping/shelf-table.js';
export { readMapping } from './mapping/read-mapping.js';
export type { MappingReject, SourceRecord } from './mapping/row.js';
export type { MappedRecord, Mapping, MappingRun, MappingRunOptions } from './mapping/run-mapping.js';
export { suggestMapping, type Suggestion, type SuggestionSource } from './suggest/suggest-mapping.js';
export { presets, type PresetName } from './presets/presets.js';
export { inventoryMapping, mappings, workshopMapping } from './mappings.js';
export { normalizeEvent, type EventDraft, type EventMapping } from './normalize-event.js';
export { delimiterOf } from './records/csv-dialect.js';
export { headerNames } from './records/csv-header.js';
export type { RowValue } from './records/headers.js';
export type { JsonTextReader } from './records/json-item.js';
export { ownColumns } from './records/own-columns.js';
export { createOwnRows, type OwnRows } from './records/own-rows.js';
export {
  RecordSource,
  type RecordSourceOptions,
  type SourceAccount,
  type TextFormat,
} from './records/record-source.js';
export {
  readReject,
  rejectLine,
  type Reject,
  type RejectFacts,
  type RejectReason,
} from './records/reject.js';
export { recordLimits, type SourceItem } from './records/source-item.js';
export { encodeText } from './text/codec.js';
export {
  encodingNames,
  encodingOf,
  type EncodingName,
  type MultiByteName,
  type SingleByteName,
} from './text/encodings.js';
export { detectEncoding, StrictDecoder } from './text/strict-decoder.js';
export { createRecordReader, toInventoryEvent, type TransformResult } from './to-inventory-event.js';
export {
  rawOf,
  type ControlPart,
  type EnvelopeCode,
  type EnvelopePart,
  type ObjectPart,
  type RawPart,
  type RecordPart,
  type RefusedPart,
} from './envelope/envelope-part.js';
export { headerOf } from './envelope/http-request.js';
export { intakeLimits, type IntakeLimits } from './envelope/intake-limits.js';
export type { BodyHints } from './envelope/message-shape.js';
export { readBody, type BodyOptions } from './envelope/read-body.js';
export {
  unwrap,
  type Envelope,
  type EnvelopeAnswer,
  type EnvelopeMessage,
  type EnvelopeSource,
} from './envelope/unwrap.js';
export {
  createInstantReader,
  toUtcIso,
  type InstantForm,
  type InstantProblem,
  type InstantReader,
} from './values/instant.js';
export { createNumberReader, readNumber, type NumberForm, type NumberReader } from './values/number.js';
export { timeZone, type TimeZone } from './values/time-zone.js';
