import { type JsonDocument, type JsonFailure, stringifyJson } from '@store/foundation';
import type { RecordDeserializer } from '@store/glue-schema';
import type { BufferSet } from './buffer-set.js';
import type { DeliveryBuffer } from './delivery-buffer.js';
import { errorRecordLine, type FailedRecord } from './error-record.js';
import { emptyRecord, MAX_FAILED_DOCUMENTS, MAX_SUB_RECORDS, subRecords, valueForJq } from './sub-records.js';
import { reasonOf } from '../failure-kind.js';
import { LineRun } from './line-run.js';
import { objectNaming } from './object-name.js';
import type { PlainRecords } from './plain-records.js';
import { PartitionBuffers, type RecordOrigin } from './partition-buffers.js';
import { partitionKeysOf } from './partition-keys.js';
import type { DeliveryPlan } from './delivery-plan.js';
import type { SchemaSnapshot } from '../lake/table-catalog.js';

/** As the deserializer writes one, or text that looks like it. */
const NEGATIVE_ZERO = /-0\.0[,\]}]/;

/**
 * Steps of the partition query that each record may take with all that it holds, and that the records of one call share
 * besides. A usual query takes tens; a call of records that would keep it busy forever ends after half a second.
 */
const RECORD_STEPS = 5_000;
const SHARED_STEPS = 1_000_000;

/** The table that records are converted by at present. */
export interface CurrentSchema {
  readonly id: number;
  readonly snapshot: SchemaSnapshot;
  /** Absent when the table cannot be converted by: it is missing, or a type is not valid. */
  readonly deserializer?: RecordDeserializer;
  /** The quick way for lines of the plain form, where this stream may take it. */
  readonly plain?: PlainRecords;
  readonly problem?: { readonly code: string; readonly message: string };
}

/**
 * Puts each record where it belongs: takes it apart, finds its partition, checks it against the table, and
 * appends it to that partition's buffer, or to the error output's. It is a function of the log and nothing else,
 * so that a replay after a crash ends in the same buffers.
 */
export class RecordSorter {
  readonly #plan: DeliveryPlan;
  readonly #buffers: BufferSet;
  readonly #onOpened: (buffer: DeliveryBuffer) => void;
  readonly #run: LineRun = new LineRun();
  readonly #partitions: PartitionBuffers;
  #failures = 0;
  /** Steps of the query that are left to all records of the call. */
  #sharedSteps = SHARED_STEPS;
  schema: CurrentSchema | undefined;

  constructor(plan: DeliveryPlan, buffers: BufferSet, onOpened: (buffer: DeliveryBuffer) => void) {
    this.#plan = plan;
    this.#buffers = buffers;
    this.#onOpened = onOpened;
    this.#partitions = new PartitionBuffers(plan, buffers, onOpened);
  }

  /** Prepares the records of one call, which lie end to end from `offset` on; {@link finish} ends it. */
  begin(bytes: Buffer, offset: number): void {
    this.schema?.plain?.lines.open(bytes, offset);
  }

  /**
   * Sorts the record `bytes[start, end)`. What throws where nothing should costs that document, and no other:
   * it goes to the error output.
   */
  sort(bytes: Buffer, start: number, end: number, origin: RecordOrigin): void {
    const budget = this.#plan.partitioning?.query?.budget;
    if (budget !== undefined) budget.steps = RECORD_STEPS + this.#sharedSteps;
    try {
      this.#sort(bytes, start, end, origin);
    } catch (error) {
      this.#failUnexpected(bytes, start, end, origin, error);
    }
    if (budget !== undefined && budget.steps < this.#sharedSteps) {
      this.#sharedSteps = Math.max(0, budget.steps);
    }
  }

  #sort(bytes: Buffer, start: number, end: number, origin: RecordOrigin): void {
    const { deAggregation, partitioning, conversion } = this.#plan;
    if (partitioning?.query === undefined && conversion === undefined && deAggregation === undefined) {
      this.#deliver(bytes, start, end, undefined, origin);
      return;
    }
    if (this.#sortPlain(bytes, start, end, origin)) return;
    if (deAggregation === undefined) this.#sortDocuments(bytes, start, end, origin);
    else this.#deAggregate(bytes, start, end, origin);
  }

  #deAggregate(bytes: Buffer, start: number, end: number, origin: RecordOrigin): void {
    const parts: JsonDocument[] = [];
    for (const part of subRecords(this.#plan, bytes, start, end)) {
      if (parts.length === MAX_SUB_RECORDS) {
        this.#fail(bytes, start, end, origin, {
          type: 'processing-failed',
          code: 'DynamicPartitioning.DeAggregationRecordCountLimitExceeded',
          message: `Firehose did not de-aggregate the records because the count of split records exceeded limit of ${MAX_SUB_RECORDS}.`,
        });
        return;
      }
      parts.push(part);
    }
    if (parts.length === 0) parts.push(emptyRecord(start, end));
    for (const part of parts) this.#sortPart(bytes, part, origin);
  }

  #sortDocuments(bytes: Buffer, start: number, end: number, origin: RecordOrigin): void {
    const failuresBefore = this.#failures;
    let isEmpty = true;
    for (const part of subRecords(this.#plan, bytes, start, end)) {
      isEmpty = false;
      if (this.#failures - failuresBefore < MAX_FAILED_DOCUMENTS) this.#sortPart(bytes, part, origin);
      else {
        const message = `The record has more than ${MAX_FAILED_DOCUMENTS} documents that fail`;
        const failure: JsonFailure = { code: 'SYNTAX', message };
        this.#sortPart(bytes, { ...emptyRecord(part.start, end), failure }, origin);
        return;
      }
    }
    if (isEmpty) this.#sortPart(bytes, emptyRecord(start, end), origin);
  }

  #sortPart(bytes: Buffer, part: JsonDocument, origin: RecordOrigin): void {
    try {
      this.#sortDocument(bytes, part, origin);
    } catch (error) {
      this.#failUnexpected(bytes, part.start, part.end, origin, error);
    }
  }

  #sortPlain(bytes: Buffer, start: number, end: number, origin: RecordOrigin): boolean {
    const plain = this.schema?.plain;
    const count = plain?.lines.read(start, end) ?? 0;
    if (plain === undefined || count === 0) return false;
    for (let line = 0; line < count; line += 1) {
      const from = plain.lines.starts[line] ?? start;
      const to = plain.lines.ends[line] ?? end;
      try {
        const keys = plain.keys(line, origin.arrivalAt);
        if (keys !== undefined && !keys.ok) this.#fail(bytes, from, to, origin, keys);
        else this.#deliver(bytes, from, to, keys?.keys, origin);
      } catch (error) {
        this.#failUnexpected(bytes, from, to, origin, error);
      }
    }
    return true;
  }

  #sortDocument(bytes: Buffer, document: JsonDocument, origin: RecordOrigin): void {
    const { failure, start, end } = document;
    const query = this.#plan.partitioning?.query;
    let keys: Readonly<Record<string, string>> | undefined;
    if (query !== undefined) {
      if (failure !== undefined) {
        this.#fail(bytes, start, end, origin, {
          type: 'processing-failed',
          code: 'DynamicPartitioning.MetadataExtractionFailed',
          message: `The record is not valid JSON: ${failure.message}`,
        });
        return;
      }
      const found = partitionKeysOf(query, valueForJq(bytes, document), origin.arrivalAt);
      if (!found.ok) {
        this.#fail(bytes, start, end, origin, found);
        return;
      }
      keys = found.keys;
    }
    if (this.#plan.conversion === undefined) this.#deliver(bytes, start, end, keys, origin);
    else this.#convert(bytes, document, keys, origin);
  }

  #convert(
    bytes: Buffer,
    document: JsonDocument,
    keys: Readonly<Record<string, string>> | undefined,
    origin: RecordOrigin,
  ): void {
    const { failure, value, start, end, isMultiline } = document;
    const { schema } = this;
    const type = 'format-conversion-failed';
    if (schema?.deserializer === undefined) {
      const problem = schema?.problem ?? {
        code: 'DataFormatConversion.InvalidSchema',
        message: 'No schema.',
      };
      this.#fail(bytes, start, end, origin, { type, ...problem });
      return;
    }
    if (failure !== undefined) {
      const code = 'DataFormatConversion.ParseError';
      this.#fail(bytes, start, end, origin, {
        type,
        code,
        message: `Encountered malformed JSON. ${failure.message}`,
      });
      return;
    }
    const outcome = schema.deserializer.convert(value, document);
    if (outcome.kind === 'failed') {
      this.#fail(bytes, start, end, origin, { type, code: outcome.code, message: outcome.message });
    } else if (outcome.kind === 'unchanged') {
      // White space between tokens is the only place for a line break in JSON.
      if (!isMultiline) this.#deliver(bytes, start, end, keys, origin);
      else {
        const flat = Buffer.from(bytes.toString('latin1', start, end).replaceAll(/[\n\r]/g, ' '), 'latin1');
        this.#deliver(flat, 0, flat.length, keys, origin);
      }
    } else {
      const text = stringifyJson(outcome.document);
      const line = Buffer.from(text);
      this.#deliver(line, 0, line.length, keys, origin, end - start, NEGATIVE_ZERO.test(text));
    }
  }

  #deliver(
    bytes: Buffer,
    start: number,
    end: number,
    queryKeys: Readonly<Record<string, string>> | undefined,
    origin: RecordOrigin,
    size = end - start,
    hasNegativeZero = false,
  ): void {
    const { buffer, failure } = this.#partitions.bufferFor(queryKeys, origin, this.schema?.id);
    if (buffer === undefined) {
      this.#fail(bytes, start, end, origin, failure);
      return;
    }
    const { conversion, delimiter } = this.#plan;
    buffer.lastRecordAt = origin.arrivalAt;
    buffer.state.bytes += size;
    buffer.state.records += 1;
    if (conversion !== undefined) {
      const { longestLineBytes = 0 } = buffer.state;
      if (end - start > longestLineBytes) buffer.state.longestLineBytes = end - start;
      if (hasNegativeZero) buffer.state.hasNegativeZero = true;
      this.#run.add(buffer.staging, bytes, start, end);
      return;
    }
    buffer.staging.append(bytes, start, end, false);
    if (delimiter !== undefined) buffer.staging.append(delimiter, 0, delimiter.length, false);
  }

  /** The entry's records are all sorted: what is held back to be copied together is copied now. */
  finish(): void {
    this.#sharedSteps = SHARED_STEPS;
    this.#run.flush();
    this.schema?.plain?.lines.close();
  }

  /** Sends a record, or a part of one, to the error output. */
  fail(failed: FailedRecord, sequenceNumber: string): void {
    const key = `error/${failed.type}`;
    const line = errorRecordLine(failed, sequenceNumber);
    let buffer = this.#buffers.open(key);
    if (buffer === undefined) {
      const { arrivalAt, type } = failed;
      const name = objectNaming(this.#plan, { arrivalAt, errorOutputType: type });
      buffer = this.#buffers.add({
        kind: 'error',
        key,
        bucket: this.#plan.bucket,
        openedAt: arrivalAt,
        name,
      });
      this.#onOpened(buffer);
    }
    buffer.state.bytes += line.length + 1;
    buffer.state.records += 1;
    buffer.staging.append(line, 0, line.length, true);
  }

  #failUnexpected(bytes: Buffer, start: number, end: number, origin: RecordOrigin, error: unknown): void {
    this.#fail(bytes, start, end, origin, {
      type: 'processing-failed',
      code: 'Processing.InternalFailure',
      message: `The record could not be worked on: ${reasonOf(error)}`,
    });
  }

  #fail(
    bytes: Buffer,
    start: number,
    end: number,
    { arrivalAt, sequenceNumber }: RecordOrigin,
    { type, code, message }: Pick<FailedRecord, 'type' | 'code' | 'message'>,
  ): void {
    this.#failures += 1;
    const schema = type === 'format-conversion-failed' ? this.schema?.snapshot : undefined;
    const failed = { type, code, message, rawData: bytes.subarray(start, end), arrivalAt };
    this.fail(schema === undefined ? failed : { ...failed, schema }, sequenceNumber);
  }
}
