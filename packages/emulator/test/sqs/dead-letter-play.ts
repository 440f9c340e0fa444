import { expect } from 'vitest';
import { answerCall } from '../../src/wire/service-entry.js';
import { createSqsService, type SqsService } from '../../src/sqs/sqs-service.js';
import { requestContext, turnedClock } from '../service-context.js';

const MAX_RECEIVES = 2;

/** A message in a queue and its dead-letter queue, as simply as can be told from outside. */
interface Tracked {
  readonly body: string;
  readonly group: string;
  /** Receives from the main queue since it came there. */
  receives: number;
  hiddenUntil: number;
  /** True once it may have become a dead letter. */
  mayHaveMoved: boolean;
  gone: 'no' | 'maybe' | 'yes';
}

/** Which of the two queues. */
export type Place = 'main' | 'dead';

interface Held {
  readonly place: Place;
  readonly handle: string;
  readonly message: Tracked;
  /** True while the handle certainly means the message where it is. */
  certain: boolean;
}

/** What a caller does. */
export type Step =
  | { readonly kind: 'send'; readonly groups: readonly number[] }
  | { readonly kind: 'receive'; readonly place: Place; readonly most: number; readonly seconds: number }
  | { readonly kind: 'delete'; readonly which: number }
  | { readonly kind: 'change'; readonly which: number; readonly seconds: number }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'move'; readonly rate: number | undefined }
  | { readonly kind: 'cancel' | 'restart' };

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
}

type Answer = Readonly<Record<string, unknown>>;

/** The service with a queue and its dead-letter queue, played on a clock that is turned by hand beside a model of both. */
export class DeadLetterPlay {
  readonly #fifo: boolean;
  readonly #journal: string;
  readonly #clock = turnedClock(1_000_000);
  readonly #sent = new Map<string, Tracked>();
  readonly #held: Held[] = [];
  #service: SqsService | undefined;
  #task: string | undefined;

  constructor(fifo: boolean, journal: string) {
    this.#fifo = fifo;
    this.#journal = journal;
  }

  async open(): Promise<void> {
    this.#service = await createSqsService({ clock: this.#clock, journal: this.#journal });
  }

  async close(): Promise<void> {
    await this.#service?.close();
  }

  #name(of: Place): string {
    return this.#fifo ? `${of}.fifo` : of;
  }

  #arn(of: Place): string {
    return `arn:aws:sqs:us-east-1:000000000000:${this.#name(of)}`;
  }

  async #call(action: string, input: object): Promise<Answer> {
    if (this.#service === undefined) throw new Error('The service is not open.');
    // Every answer of this service is an object.
    return (await answerCall(this.#service, action, input, requestContext())) as Answer;
  }

  async create(): Promise<void> {
    const fifo = this.#fifo ? { FifoQueue: 'true' } : {};
    await this.#call('CreateQueue', { QueueName: this.#name('dead'), Attributes: fifo });
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: this.#arn('dead'),
      maxReceiveCount: MAX_RECEIVES,
    });
    await this.#call('CreateQueue', {
      QueueName: this.#name('main'),
      Attributes: { ...fifo, RedrivePolicy },
    });
  }

  async step(now: Step): Promise<void> {
    switch (now.kind) {
      case 'send':
        await this.#send(now.groups);
        return;
      case 'receive':
        await this.#receive(now.place, now.most, now.seconds);
        return;
      case 'delete':
        await this.#delete(now.which);
        return;
      case 'change':
        await this.#change(now.which, now.seconds);
        return;
      case 'wait':
        this.#clock.advance(now.seconds * 1000);
        return;
      case 'move':
        await this.#move(now.rate);
        return;
      case 'cancel':
        if (this.#task !== undefined) await this.#cancel(this.#task);
        return;
      case 'restart':
        await this.close();
        await this.open();
    }
  }

  async #send(groups: readonly number[]): Promise<void> {
    const messages = groups.map((group, at) => ({ body: `m${this.#sent.size + at}`, group: `g${group}` }));
    const { Successful } = await this.#call('SendMessageBatch', {
      QueueUrl: this.#name('main'),
      Entries: messages.map(({ body, group }) => ({
        Id: body,
        MessageBody: body,
        ...(this.#fifo ? { MessageGroupId: group, MessageDeduplicationId: body } : {}),
      })),
    });
    expect(Successful).toHaveLength(groups.length);
    for (const { body, group } of messages) {
      const state = { receives: 0, hiddenUntil: 0, mayHaveMoved: false, gone: 'no' as const };
      this.#sent.set(body, { body, group, ...state });
    }
  }

  async #receive(of: Place, most: number, seconds: number): Promise<readonly Received[]> {
    const time = this.#clock.wallNow();
    const { Messages = [] } = await this.#call('ReceiveMessage', {
      QueueUrl: this.#name(of),
      MaxNumberOfMessages: most,
      VisibilityTimeout: seconds,
    });
    const messages = Messages as readonly Received[];
    const got = messages.map(({ Body }) => this.#tracked(Body));
    expect(new Set(got).size).toBe(got.length);
    if (of === 'main') this.#afterReceive(time);
    got.forEach((message, at) => {
      expect(message.gone, `${message.body} is deleted`).not.toBe('yes');
      expect(message.hiddenUntil, `${message.body} is hidden`).toBeLessThanOrEqual(time);
      // It was there: a delete that may have missed it did.
      message.gone = 'no';
      if (of === 'main' && this.#fifo && !message.mayHaveMoved) this.#checkOrder(message, got.slice(0, at));
    });
    got.forEach((message, at) => {
      message.hiddenUntil = time + seconds * 1000;
      if (of === 'main') message.receives = message.mayHaveMoved ? MAX_RECEIVES : message.receives + 1;
      this.#held.push({ place: of, handle: messages[at]?.ReceiptHandle ?? '', message, certain: true });
    });
    return messages;
  }

  /** Each visible message that was received often enough may be a dead letter from now on. */
  #afterReceive(time: number): void {
    for (const message of this.#sent.values()) {
      if (message.receives < MAX_RECEIVES || message.hiddenUntil > time) continue;
      message.mayHaveMoved = true;
      for (const held of this.#held)
        if (held.message === message && held.place === 'main') held.certain = false;
    }
  }

  /** Before a message of a group come all that were sent before it. */
  #checkOrder(message: Tracked, before: readonly Tracked[]): void {
    for (const earlier of this.#sent.values()) {
      if (earlier === message) return;
      const counts = earlier.group === message.group && earlier.gone === 'no' && !earlier.mayHaveMoved;
      if (counts) expect(before, `${earlier.body} comes before ${message.body}`).toContain(earlier);
    }
  }

  async #delete(which: number): Promise<void> {
    const held = this.#held[which % Math.max(1, this.#held.length)];
    if (held === undefined) return;
    const done = await this.#tried('DeleteMessage', held, {});
    const { message } = held;
    if (done && message.gone !== 'yes') message.gone = held.certain ? 'yes' : 'maybe';
  }

  async #change(which: number, seconds: number): Promise<void> {
    const held = this.#held[which % Math.max(1, this.#held.length)];
    if (held === undefined) return;
    const done = await this.#tried('ChangeMessageVisibility', held, { VisibilityTimeout: seconds });
    if (done) {
      expect(held.message.gone).not.toBe('yes');
      held.message.hiddenUntil = this.#clock.wallNow() + seconds * 1000;
    }
  }

  async #tried(action: string, { place: of, handle }: Held, input: object): Promise<boolean> {
    return this.#call(action, { QueueUrl: this.#name(of), ReceiptHandle: handle, ...input }).then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'InvalidParameterValue' });
        return false;
      },
    );
  }

  async #move(rate: number | undefined): Promise<void> {
    const MaxNumberOfMessagesPerSecond = rate === undefined ? {} : { MaxNumberOfMessagesPerSecond: rate };
    for (const held of this.#held) if (held.place === 'dead') held.certain = false;
    await this.#call('StartMessageMoveTask', {
      SourceArn: this.#arn('dead'),
      ...MaxNumberOfMessagesPerSecond,
    }).then(
      ({ TaskHandle }) => {
        this.#task = String(TaskHandle);
      },
      (error: unknown) => {
        expect(String(error)).toContain('There is already a task running.');
      },
    );
  }

  async #cancel(TaskHandle: string): Promise<void> {
    await this.#call('CancelMessageMoveTask', { TaskHandle }).catch((error: unknown) => {
      expect(['UnsupportedOperation', 'ResourceNotFoundException']).toContain(
        (error as { code: string }).code,
      );
    });
  }

  #tracked(body: string): Tracked {
    const message = this.#sent.get(body);
    if (message === undefined) throw new Error(`${body} was never sent`);
    return message;
  }

  /** Takes all that is left out of both queues: with what was deleted it is what was sent, each once. */
  async drain(): Promise<void> {
    if (this.#task !== undefined) await this.#cancel(this.#task);
    this.#clock.advance(60_000);
    const left: string[] = [];
    for (const of of ['main', 'dead'] as const) {
      for (;;) {
        const messages = await this.#receive(of, 10, 30);
        if (messages.length === 0) break;
        left.push(...messages.map(({ Body }) => Body));
        for (const { Body, ReceiptHandle } of messages) {
          await this.#call('DeleteMessage', { QueueUrl: this.#name(of), ReceiptHandle });
          this.#tracked(Body).gone = 'yes';
        }
      }
    }
    expect(new Set(left).size, 'none twice').toBe(left.length);
    const lost = [...this.#sent.values()].filter(({ gone }) => gone === 'no');
    expect(lost, 'none is lost').toEqual([]);
  }
}
