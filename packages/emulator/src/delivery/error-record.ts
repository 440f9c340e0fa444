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

/** Writes a failed record as the line that Firehose puts into the error output. */
export function errorRecordLine(failed: FailedRecord, sequenceNumber: string): Buffer {
  const conversion = failed.type === 'format-conversion-failed';
  const line = {
    attemptsMade: failed.attemptsMade ?? 1,
    arrivalTimestamp: failed.arrivalAt,
    [conversion ? 'lastErrorCode' : 'errorCode']: failed.code,
    [conversion ? 'lastErrorMessage' : 'errorMessage']: failed.message,
    attemptEndingTimestamp: failed.arrivalAt,
    rawData: failed.rawData.toString('base64'),
    ...(conversion ? { sequenceNumber, subSequenceNumber: null } : {}),
    ...(failed.lambdaArn === undefined ? {} : { lambdaArn: failed.lambdaArn }),
    ...(failed.schema === undefined ? {} : { dataCatalogTable: catalogTable(failed.schema) }),
  };
  return Buffer.from(JSON.stringify(line));
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
