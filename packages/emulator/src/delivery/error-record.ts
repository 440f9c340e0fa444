import type { SchemaSnapshot } from '../lake/table-catalog.js';

/** Folder of the error output that a failure goes to: `!{firehose:error-output-type}`. */
export type ErrorOutputType = 'processing-failed' | 'format-conversion-failed' | 'activePartitionExceeded';

/** One record, or part of one, that cannot be delivered. */
export interface FailedRecord {
  readonly type: ErrorOutputType;
  readonly code: string;
  readonly message: string;
  readonly rawData: Buffer;
  readonly arrivalAt: number;
  /** Set for failures of conversion. */
  readonly schema?: SchemaSnapshot;
  /** Set for failures of the Lambda processor. */
  readonly lambdaArn?: string;
  readonly attemptsMade?: number;
}

/** Longest message of an error record: some quote the record, which is beside them as it is. */
const LONGEST_MESSAGE = 1_000;

/** Writes a failed record as the line that Firehose puts into the error output. */
export function errorRecordLine(failed: FailedRecord, sequenceNumber: string): Buffer {
  const { head, tail } = errorRecordEnds(failed, sequenceNumber);
  return Buffer.concat([head, Buffer.from(failed.rawData.toString('base64')), tail]);
}

/** The line of {@link errorRecordLine} up to the record's base64, and behind it. */
export function errorRecordEnds(
  failed: Omit<FailedRecord, 'rawData'>,
  sequenceNumber: string,
): { readonly head: Buffer; readonly tail: Buffer } {
  const conversion = failed.type === 'format-conversion-failed';
  const before = {
    attemptsMade: failed.attemptsMade ?? 1,
    arrivalTimestamp: failed.arrivalAt,
    [conversion ? 'lastErrorCode' : 'errorCode']: failed.code,
    [conversion ? 'lastErrorMessage' : 'errorMessage']: cut(failed.message),
    attemptEndingTimestamp: failed.arrivalAt,
    rawData: '',
  };
  const after = {
    ...(conversion ? { sequenceNumber, subSequenceNumber: null } : {}),
    ...(failed.lambdaArn === undefined ? {} : { lambdaArn: failed.lambdaArn }),
    ...(failed.schema === undefined ? {} : { dataCatalogTable: catalogTable(failed.schema) }),
  };
  const rest = JSON.stringify(after).slice(1);
  return {
    head: Buffer.from(JSON.stringify(before).slice(0, -2)),
    tail: Buffer.from(rest === '}' ? '"}' : `",${rest}`),
  };
}

function cut(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}

function catalogTable(schema: SchemaSnapshot): Record<string, string | null> {
  return {
    catalogId: schema.catalogId,
    databaseName: schema.databaseName,
    tableName: schema.tableName,
    region: schema.region,
    versionId: schema.versionId,
    catalogArn: null,
    endpoint: null,
  };
}
