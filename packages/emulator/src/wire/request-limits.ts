const MIB = 1024 * 1024;

/**
 * What requests may claim of the endpoint. The numbers are its own: several times what AWS's SDKs and its quotas for one
 * call lead to (PutRecordBatch: 500 records, 4 MiB before base64; SQS: 1 MiB a batch; read 2026-11), and little enough
 * for a laptop.
 *
 * @example
 * ```ts
 * import { emulatorLimits } from '@store/emulator';
 *
 * console.log(emulatorLimits.bodyBytes); // 16777216
 * ```
 */
export const emulatorLimits: Readonly<Record<EmulatorLimit, number>> = Object.freeze({
  headerBytes: 16 * 1024,
  bodyBytes: 16 * MIB,
  objectBytes: 5 * 1024 * MIB,
  objectBytesPerSecond: 64 * 1024,
  uploads: 1_000,
  heldBodyBytes: 128 * MIB,
  unreadAnswerBytes: 64 * MIB,
  jsonDepth: 64,
  jsonValues: 200_000,
  formParameters: 5_000,
  connections: 1_000,
  pipelinedRequests: 16,
  requests: 2_000,
  waitingReceives: 500,
  headersMs: 10_000,
  bodyPauseMs: 10_000,
  requestMs: 60_000,
  answerPauseMs: 15_000,
  idleConnectionMs: 60_000,
});

/** Names of {@link emulatorLimits}. */
export type EmulatorLimit =
  /** Request line and headers of one request, in bytes. */
  | 'headerBytes'
  /** Body of one request, in bytes. */
  | 'bodyBytes'
  /** One object, or one part of a multipart upload, in bytes; S3's own limit. It is written to the disk as it comes. */
  | 'objectBytes'
  /** Least rate of an object's body, in bytes a second, once `requestMs` have passed. */
  | 'objectBytesPerSecond'
  /** Multipart uploads that are in progress. */
  | 'uploads'
  /** Bodies of all requests that arrive or are worked on, in bytes. */
  | 'heldBodyBytes'
  /** Answers of all requests that their clients have not read, in bytes. */
  | 'unreadAnswerBytes'
  /** Lists and objects within each other in one JSON body. */
  | 'jsonDepth'
  /** Values in one JSON body, those in lists and objects included. */
  | 'jsonValues'
  /** Parameters of one form. */
  | 'formParameters'
  /** Open connections; half of the process's file descriptors where that is less. */
  | 'connections'
  /** Requests of one connection that wait for their answers. */
  | 'pipelinedRequests'
  /** Requests of all connections that wait for their answers. */
  | 'requests'
  /** ReceiveMessage calls that wait for a message. */
  | 'waitingReceives'
  /** Time that a request line with its headers may take, in milliseconds. */
  | 'headersMs'
  /** Time within a body without a byte, in milliseconds. */
  | 'bodyPauseMs'
  /** Time that a whole request may take to arrive, in milliseconds. */
  | 'requestMs'
  /** Time in which a client reads nothing of its answer, in milliseconds; at most twice as long. */
  | 'answerPauseMs'
  /** Time that a connection stays open between two requests, in milliseconds. */
  | 'idleConnectionMs';
