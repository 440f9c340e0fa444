import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerCall } from '../../src/wire/service-entry.js';
import { createSqsService } from '../../src/sqs/sqs-service.js';
import { requestContext, turnedClock } from '../service-context.js';

/** What a queue must do, said as simply as can be: a list in order of sending. */
interface ModelMessage {
  readonly body: string;
  readonly group: string;
  visibleAt: number;
  receives: number;
}

type Step =
  | { readonly kind: 'send'; readonly group: number; readonly delaySeconds: number }
  | { readonly kind: 'receive'; readonly most: number; readonly seconds: number }
  | { readonly kind: 'delete' | 'release'; readonly which: number }
  | { readonly kind: 'wait'; readonly seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      group: fc.nat(2),
      delaySeconds: fc.constantFrom(0, 0, 0, 3),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('receive' as const),
      most: fc.integer({ min: 1, max: 10 }),
      seconds: fc.constantFrom(0, 1, 5, 30),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('delete' as const, 'release' as const),
      which: fc.nat(20),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 10 }) }),
  },
);

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes: { readonly ApproximateReceiveCount: string };
}

/** Plays the steps on a queue and on the model side by side. */
async function play(steps: readonly Step[], fifo: boolean): Promise<void> {
  const clock = turnedClock(1_000_000);
  const service = await createSqsService({ clock });
  const QueueName = fifo ? 'q.fifo' : 'q';
  const call = async (action: string, input: object): Promise<Readonly<Record<string, unknown>>> =>
    // Every answer of this service is an object.
    (await answerCall(
      service,
      action,
      { QueueName, QueueUrl: QueueName, ...input },
      requestContext(),
    )) as Readonly<Record<string, unknown>>;
  await call('CreateQueue', { Attributes: fifo ? { FifoQueue: 'true' } : {} });

  const model: ModelMessage[] = [];
  const held: { readonly handle: string; readonly message: ModelMessage; readonly receive: number }[] = [];
  let sent = 0;

  for (const now of steps) {
    const time = clock.now();
    switch (now.kind) {
      case 'wait':
        clock.advance(now.seconds * 1000);
        break;
      case 'send': {
        const body = `m${sent++}`;
        const group = `g${now.group}`;
        const delaySeconds = fifo ? 0 : now.delaySeconds;
        await call('SendMessage', {
          MessageBody: body,
          ...(fifo
            ? { MessageGroupId: group, MessageDeduplicationId: body }
            : { DelaySeconds: delaySeconds }),
        });
        model.push({ body, group, visibleAt: time + delaySeconds * 1000, receives: 0 });
        break;
      }
      case 'receive': {
        const answer = await call('ReceiveMessage', {
          MaxNumberOfMessages: now.most,
          VisibilityTimeout: now.seconds,
          AttributeNames: ['All'],
        });
        const messages = (answer.Messages ?? []) as readonly Received[];
        checkReceive(model, messages, now.most, time, fifo);
        for (const { Body, ReceiptHandle, Attributes } of messages) {
          const message = model.find(({ body }) => body === Body);
          if (message === undefined) throw new Error(`${Body} was never sent, or is deleted`);
          message.receives += 1;
          message.visibleAt = time + now.seconds * 1000;
          expect(Attributes.ApproximateReceiveCount).toBe(String(message.receives));
          held.push({ handle: ReceiptHandle, message, receive: message.receives });
        }
        break;
      }
      default: {
        const chosen = held[now.which % Math.max(1, held.length)];
        if (chosen === undefined) break;
        const { handle, message, receive } = chosen;
        const isCurrent = model.includes(message) && message.receives === receive;
        const inFlight = isCurrent && message.visibleAt > time;
        const action = now.kind === 'delete' ? 'DeleteMessage' : 'ChangeMessageVisibility';
        const done = await call(action, { ReceiptHandle: handle, VisibilityTimeout: 0 }).then(
          () => true,
          () => false,
        );
        // A standard queue takes a handle of any receive; FIFO the last one, until its timeout ends.
        const isHere = model.includes(message);
        const isTaken = isHere && (!fifo || inFlight);
        if (now.kind === 'release') {
          expect(done).toBe(isTaken);
          if (isTaken) message.visibleAt = time;
        } else {
          expect(done).toBe(!isHere || isTaken);
          if (isTaken) model.splice(model.indexOf(message), 1);
        }
      }
    }
    await checkCounts(model, call, clock.now());
  }
  await service.close();
}

function checkReceive(
  model: readonly ModelMessage[],
  messages: readonly Received[],
  most: number,
  time: number,
  fifo: boolean,
): void {
  const got = messages.map(({ Body }) => Body);
  const visible = model.filter(({ visibleAt }) => visibleAt <= time);
  if (!fifo) {
    // Any of the visible ones, none twice, and as many as there are.
    expect(new Set(got).size).toBe(got.length);
    expect(got.every((body) => visible.some((message) => message.body === body))).toBe(true);
    expect(got.length).toBe(Math.min(most, visible.length));
    return;
  }
  const groups = [...new Set(model.map(({ group }) => group))].map((group) => {
    const all = model.filter((message) => message.group === group);
    const hidden = all.findIndex(({ visibleAt }) => visibleAt > time);
    // What is invisible holds back all behind it.
    return all.slice(0, hidden < 0 ? undefined : hidden).map(({ body }) => body);
  });
  const available = groups.flat().length;
  expect(got.length).toBe(Math.min(most, available));
  for (const bodies of groups) {
    // What came of a group is its beginning, in its order.
    const ofGroup = got.filter((body) => bodies.includes(body));
    expect(ofGroup).toEqual(bodies.slice(0, ofGroup.length));
  }
  expect(got.every((body) => groups.flat().includes(body))).toBe(true);
}

async function checkCounts(
  model: readonly ModelMessage[],
  call: (action: string, input: object) => Promise<Readonly<Record<string, unknown>>>,
  time: number,
): Promise<void> {
  const hidden = model.filter(({ visibleAt }) => visibleAt > time);
  const inFlight = hidden.filter(({ receives }) => receives > 0).length;
  const { Attributes } = await call('GetQueueAttributes', { AttributeNames: ['All'] });
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: String(model.length - hidden.length),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight),
  });
}

test('any interleaving on a standard queue does what a simple list does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), (steps) => play(steps, false)),
    { numRuns: 150 },
  );
});

test('any interleaving on a FIFO queue keeps each group’s order, and holds back what is behind one in flight', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), (steps) => play(steps, true)),
    { numRuns: 150 },
  );
});
