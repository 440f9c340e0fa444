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

/** Time during which the name of a deleted queue cannot be taken again, in milliseconds. */
export const NAME_REUSE_MS = 60_000;
/** Time until a change of a queue's attributes holds, at most, in milliseconds. */
export const ATTRIBUTE_CHANGE_MS = 60_000;
/** Highest `maxReceiveCount` of a redrive policy. */
export const MAX_RECEIVE_COUNT = 1_000;
/** Tags of one queue. */
export const MAX_TAGS = 50;
/** Characters of a tag's key, and of its value. */
export const MAX_TAG_CHARACTERS = { key: 128, value: 256 } as const;
/** Actions in one statement of a queue's policy. */
export const MAX_PERMITTED_ACTIONS = 7;
/** Messages that a move task moves a second at most. */
export const MAX_MOVED_A_SECOND = 500;
/** Move tasks of one dead-letter queue that are listed. */
export const MAX_MOVE_TASKS = 10;

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

/** A queue's name that has to be there; its refusal has words of its own. */
export function withoutQueueName(): ServiceError {
  return invalidParameter('Value for parameter QueueName is invalid. Reason: Must specify a queue name.');
}

/** The queue is not there. */
export function queueDoesNotExist(): ServiceError {
  return new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
}

/** A value of a queue's attribute that the service refuses. */
export function invalidAttribute(name: string, reason?: string): ServiceError {
  const why = reason === undefined ? '' : ` Reason: ${reason}`;
  return new ServiceError('InvalidAttributeValue', `Invalid value for the parameter ${name}.${why}`);
}

/** An attribute that a queue of this kind does not have. */
export function unknownAttribute(name: string): ServiceError {
  return new ServiceError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

/** Text that is no receipt handle, or is one of another queue. */
export function invalidReceiptHandle(handle: string, kind?: 'of another queue'): ServiceError {
  const message =
    kind === undefined
      ? `The input receipt handle "${handle}" is not a valid receipt handle.`
      : `The receipt handle "${handle}" is not valid for this queue.`;
  return new ServiceError('ReceiptHandleIsInvalid', message, 404);
}
