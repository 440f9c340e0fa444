import type { SqsProtocol, SqsRefusal } from './sqs-protocols.js';

/**
 * Where AWS's answer is known from: `recorded` by tests of LocalStack on AWS, `verified` on AWS by tests of moto, `peer` for
 * tests of moto that nobody has verified, `reference` for AWS's API reference and developer guide.
 */
export type Source = 'recorded' | 'verified' | 'peer' | 'reference';

/** Requests on queues of their own, and AWS's answer to each. */
export interface SqsCase {
  readonly name: string;
  readonly source: Source;
  /** Attributes of each queue that is before the first step; a queue whose attributes say so is FIFO. */
  readonly queues?: Readonly<Record<string, Attributes>>;
  readonly steps: readonly Step[];
  /** The protocols in which AWS can be asked so; all, if it says nothing. */
  readonly protocols?: readonly SqsProtocol[];
}

type Attributes = Readonly<Record<string, string>>;

/**
 * One request. Texts of inputs and answers may hold `{main.url}`, `{main.name}` and `{main.arn}` of a queue, and `{name}` of
 * what an earlier step keeps.
 */
export interface Step {
  readonly call: string;
  /** Its queue, or none. @defaultValue `main` where the action has one */
  readonly on?: string | undefined;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly region?: string;
  /** The whole answer; `*` stands for any text. */
  readonly gives?: unknown;
  readonly refuses?: Refusal;
  /** Names under which parts of the answer are kept, by their path. */
  readonly keeps?: Readonly<Record<string, string>>;
  /** Asks again until the answer is the one that is expected: something takes its time. */
  readonly until?: true;
}

/**
 * A refusal in both protocols; `type` is the error's shape, which JSON names, where that is not `code`. Without another
 * namespace it is one of SQS.
 */
export interface Refusal {
  readonly code: string;
  readonly type?: string;
  readonly message: string;
  readonly status?: number;
}

/** Actions that are not a queue's. */
const ofNoQueue: ReadonlySet<string> = new Set(
  'CreateQueue GetQueueUrl ListQueues StartMessageMoveTask CancelMessageMoveTask ListMessageMoveTasks'.split(
    ' ',
  ),
);

/** Whether a step's request names a queue. */
export function queueOfStep({ call, on }: Step): string | undefined {
  return on ?? (ofNoQueue.has(call) ? undefined : 'main');
}

/** What a refusal looks like in a protocol. */
export function refusalIn(protocol: SqsProtocol, { code, type = code, message }: Refusal): SqsRefusal {
  const said = { code, fault: 'Sender', message };
  if (protocol !== 'JSON') return said;
  return { type: type.includes('#') ? type : `com.amazonaws.sqs#${type}`, ...said };
}

const framework = 'com.amazon.coral.service#';

/** `InvalidParameterValue`, which JSON calls otherwise. */
export function invalidValue(message: string): Refusal {
  return { code: 'InvalidParameterValue', type: `${framework}InvalidParameterValueException`, message };
}

/** `MissingParameter`, which JSON calls otherwise. */
export function missing(name: string): Refusal {
  return {
    code: 'MissingParameter',
    type: `${framework}MissingRequiredParameterException`,
    message: `The request must contain the parameter ${name}.`,
  };
}

/** An error whose code in the query protocol has the service's name before it. */
export function ofService(type: string, message: string, status = 400): Refusal {
  return { code: `AWS.SimpleQueueService.${type}`, type, message, status };
}

/** Attributes of a queue that keeps the order within groups. */
export const fifo: Attributes = { FifoQueue: 'true' };

/** A step that sends a message. */
export function send(body: string, input: Readonly<Record<string, unknown>> = {}): Step {
  return { call: 'SendMessage', input: { MessageBody: body, ...input } };
}

/** A step that sends to a group of a FIFO queue, with an id that is the body. */
export function sendTo(group: string, body: string, id: string = body): Step {
  return send(body, { MessageGroupId: group, MessageDeduplicationId: id });
}

/** A step that receives, and gets these bodies in this order; keeps each handle under its body. */
export function receive(bodies: readonly string[], input: Readonly<Record<string, unknown>> = {}): Step {
  const Messages = bodies.map((Body) => ({ Body, MessageId: '*', MD5OfBody: '*', ReceiptHandle: '*' }));
  return {
    call: 'ReceiveMessage',
    input: { MaxNumberOfMessages: 10, ...input },
    gives: bodies.length === 0 ? {} : { Messages },
    keeps: Object.fromEntries(bodies.map((body, at) => [body, `Messages.${at}.ReceiptHandle`])),
  };
}

/** A step that waits until a queue says it has that many messages that can be received. */
export function visible(count: number, on = 'main'): Step {
  return {
    call: 'GetQueueAttributes',
    on,
    input: { AttributeNames: ['ApproximateNumberOfMessages'] },
    gives: { Attributes: { ApproximateNumberOfMessages: String(count) } },
    until: true,
  };
}
