import { ServiceError } from '../wire/service-error.js';

/** Limits of Amazon SQS; source: SQS developer guide "quotas" and the API's published model of 2012-11-05, read 2026-11. */

/** Longest body with its attributes, in bytes of UTF-8. */
export const MAX_MESSAGE_BYTES = 1_048_576;
/** Messages in one batch call. */
export const MAX_BATCH_ENTRIES = 10;
/** Body and attributes of all messages of a batch together, in bytes. */
export const MAX_BATCH_BYTES = 1_048_576;
/** Attributes that a sender may put on a message. */
export const MAX_MESSAGE_ATTRIBUTES = 10;
/** Messages that one receive hands out at most. */
export const MAX_RECEIVED_MESSAGES = 10;
/** Longest long poll, in seconds. */
export const MAX_WAIT_SECONDS = 20;
/** Longest visibility timeout: twelve hours, in seconds. */
export const MAX_VISIBILITY_SECONDS = 43_200;
/** Longest delay of a message, in seconds. */
export const MAX_DELAY_SECONDS = 900;
/** How long a FIFO queue remembers a deduplication id, in milliseconds. */
export const DEDUPLICATION_MS = 300_000;
/** Messages of one queue that may be in flight. */
export const MAX_IN_FLIGHT = 120_000;
/** Time between two purges of a queue, in milliseconds. */
export const PURGE_INTERVAL_MS = 60_000;

/** A parameter that the service refuses, in its own words. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}

/** `Value 7 for parameter X is invalid. Reason: …` */
export function invalidValue(value: string | number, parameter: string, reason: string): ServiceError {
  return invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

/** A parameter that has to be there. */
export function missingParameter(name: string): ServiceError {
  return new ServiceError('MissingParameter', `The request must contain the parameter ${name}.`);
}

/** The queue is not there. */
export function queueDoesNotExist(): ServiceError {
  return new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
}

/** A value of a queue's attribute that the service refuses. */
export function invalidAttribute(name: string): ServiceError {
  return new ServiceError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

/** Text that is no receipt handle. */
export function invalidReceiptHandle(handle: string): ServiceError {
  return new ServiceError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  );
}
