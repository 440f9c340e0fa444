import { FirehoseError } from './errors.js';
import { DeliveryFailedError } from './delivery-error.js';
import type { AbortReport, FirehoseProducer } from './producer.js';

/** The part of Lambda's context that is used. */
export interface RemainingTime {
  getRemainingTimeInMillis(): number;
}

/** What was not delivered within the invocation. */
export interface Undelivered extends AbortReport {
  /** Why nothing could go out; undefined when only time was short. */
  readonly cause: FirehoseError | undefined;
}

/** Options of {@link withProducer}. */
export interface WithProducerOptions<Event, Result> {
  /** Time kept back from the remaining time, in milliseconds. @defaultValue 500 */
  readonly marginMs?: number;
  /**
   * Turns undelivered events into the handler's result, such as `batchItemFailures`. Without it the invocation
   * fails with {@link UndeliveredError}, so that Lambda repeats it.
   */
  readonly onUndelivered?: (
    undelivered: Undelivered,
    event: Event,
    result: Result,
  ) => Promise<Result> | Result;
}

/** The invocation ended before its events were delivered; they are in `records`, and no longer in the producer. */
export class UndeliveredError extends FirehoseError {
  override readonly name = 'UndeliveredError';
  readonly events: number;
  readonly records: AbortReport['records'];
  constructor(undelivered: Undelivered) {
    const why = undelivered.cause === undefined ? 'within the remaining time' : 'at all';
    super(
      'undelivered',
      `${undelivered.events} events could not be delivered ${why}. Let the invocation be repeated.`,
      { cause: undelivered.cause, retryable: true },
    );
    this.events = undelivered.events;
    this.records = undelivered.records;
  }
}

/**
 * Wraps a Lambda handler so that everything it puts is delivered before it returns: nothing may be left for
 * after the return, since Lambda then freezes the process. The producer lives as long as the process.
 *
 * @param create - makes the producer, at the first invocation and after one that had to be given up
 * @throws {UndeliveredError} where `onUndelivered` is not given.
 * @throws {AggregateError} of the handler's error and the delivery's, where both fail; nothing is dropped in silence.
 */
export function withProducer<T, Event, Context extends RemainingTime, Result>(
  create: () => FirehoseProducer<T>,
  handler: (event: Event, context: Context, producer: FirehoseProducer<T>) => Promise<Result>,
  options: WithProducerOptions<Event, Result> = {},
): (event: Event, context: Context) => Promise<Result> {
  const { marginMs = 500, onUndelivered } = options;
  let current: FirehoseProducer<T> | undefined;

  /** Delivers, or gives up and takes the events out, so that a repeated invocation does not meet them. */
  const settle = async (
    producer: FirehoseProducer<T>,
    context: Context,
  ): Promise<Undelivered | undefined> => {
    let cause: FirehoseError | undefined;
    try {
      const deadlineMs = Math.max(0, context.getRemainingTimeInMillis() - marginMs);
      const { complete } = await producer.flush({ deadlineMs });
      if (complete) return undefined;
    } catch (error) {
      if (!(error instanceof FirehoseError) || error instanceof DeliveryFailedError) throw error;
      cause = error;
    }
    current = undefined;
    return { ...(await producer.abort()), cause };
  };

  return async (event, context) => {
    const producer = (current ??= create());
    let result: Result;
    try {
      result = await handler(event, context, producer);
    } catch (error) {
      // What the handler put before it failed was accepted, so it goes out.
      const second = await settle(producer, context).then(
        (left) => (left === undefined ? undefined : new UndeliveredError(left)),
        (failure: unknown) => failure,
      );
      if (second === undefined) throw error;
      throw new AggregateError([error, second], `${messageOf(error)} ${messageOf(second)}`, { cause: error });
    }
    const undelivered = await settle(producer, context);
    if (undelivered === undefined) return result;
    if (onUndelivered === undefined) throw new UndeliveredError(undelivered);
    return onUndelivered(undelivered, event, result);
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
