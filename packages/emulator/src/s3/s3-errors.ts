import { ServiceError } from '../wire/service-error.js';

type Facts = Readonly<Record<string, string | number>>;

/** The error for a bucket that is not there. */
export function noSuchBucket(bucket: string): ServiceError {
  return new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: bucket });
}

/** The error for an object that is not there. */
export function noSuchKey(key: string): ServiceError {
  return new ServiceError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
}

/** The error for an object whose bytes are not there. */
export function lostObject(key: string, problem: string): ServiceError {
  return new ServiceError(
    'InternalError',
    `We encountered an internal error: the object is damaged, ${problem}. \`store doctor\` names it.`,
    500,
    { Key: key },
  );
}

/** The error for an upload that is not there. */
export function noSuchUpload(id: string): ServiceError {
  return new ServiceError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
    { UploadId: id },
  );
}

/** The error for a condition that does not hold. */
export function preconditionFailed(condition: string): ServiceError {
  return new ServiceError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
    { Condition: condition },
  );
}

/** The error for an argument that S3 does not take. */
export function invalidArgument(message: string, facts: Facts = {}): ServiceError {
  return new ServiceError('InvalidArgument', message, 400, facts);
}

/** The error for a request that S3 does not take. */
export function invalidRequest(message: string): ServiceError {
  return new ServiceError('InvalidRequest', message, 400);
}

/** The error for a document that cannot be read. */
export function malformedXml(): ServiceError {
  return new ServiceError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

/** The error for what S3 has and this endpoint has not; it names it. */
export function notImplemented(what: string, facts: Facts = {}): ServiceError {
  return new ServiceError(
    'NotImplemented',
    `A header or query you provided implies functionality that is not implemented: ${what} is not served here.`,
    501,
    facts,
  );
}
