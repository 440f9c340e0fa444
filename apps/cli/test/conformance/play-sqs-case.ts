import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { queueOfStep, refusalIn, type SqsCase, type Step } from './sqs-case.js';
import { callSqs, type SqsAnswer, type SqsProtocol } from './sqs-protocols.js';

/** The endpoint that is asked. */
export interface Asked {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
}

/** How long a step waits for what takes its time. */
const PATIENCE_MS = 300_000;

/** Plays a case in a protocol, on queues of its own, and compares each answer with AWS's. */
export async function playSqsCase(asked: Asked, protocol: SqsProtocol, played: SqsCase): Promise<void> {
  const kept = new Map([['account', asked.accountId]]);
  const prefix = createHash('sha256').update(`${protocol} ${played.name}`).digest('hex').slice(0, 12);
  for (const [name, Attributes] of Object.entries(played.queues ?? { main: {} })) {
    const queue = `${prefix}-${name}${Attributes.FifoQueue === 'true' ? '.fifo' : ''}`;
    kept.set(`${name}.name`, queue);
    kept.set(`${name}.url`, `${asked.endpoint}/${asked.accountId}/${queue}`);
    kept.set(`${name}.arn`, `arn:aws:sqs:${asked.region}:${asked.accountId}:${queue}`);
    const create = { call: 'CreateQueue', input: { QueueName: queue, Attributes } };
    await playStep(asked, protocol, { ...create, gives: { QueueUrl: `{${name}.url}` } }, kept);
  }
  for (const step of played.steps) await playStep(asked, protocol, step, kept);
}

async function playStep(
  asked: Asked,
  protocol: SqsProtocol,
  step: Step,
  kept: Map<string, string>,
): Promise<void> {
  const queue = queueOfStep(step);
  const QueueUrl = queue === undefined ? {} : { QueueUrl: kept.get(`${queue}.url`) ?? queue };
  const call = {
    action: step.call,
    // A step's input is an object, and stays one.
    input: { ...QueueUrl, ...(filled(step.input ?? {}, kept) as object) },
    headers: step.headers ?? {},
    region: step.region ?? asked.region,
  };
  const due = performance.now() + PATIENCE_MS;
  let answer = await callSqs(asked.endpoint, protocol, call);
  const expected = expectedIn(protocol, filled(step.gives, kept));
  while (step.until === true && !isExpected(answer, expected) && performance.now() < due) {
    answer = await callSqs(asked.endpoint, protocol, call);
  }
  if (step.refuses !== undefined) {
    const { status = 400 } = step.refuses;
    const refused = { status, refusal: filled(refusalIn(protocol, step.refuses), kept) };
    expect(seen(answer, refused), `${step.call} in ${protocol}`).toEqual(refused);
    return;
  }
  expect(answer, `${step.call} in ${protocol}`).toMatchObject({ status: 200 });
  if (step.gives !== undefined) {
    expect(seen(answer.answer, expected), `${step.call} in ${protocol}`).toEqual(expected);
  }
  for (const [name, path] of Object.entries(step.keeps ?? {})) kept.set(name, partOf(answer.answer, path));
}

function isExpected({ status, answer }: SqsAnswer, expected: unknown): boolean {
  return (
    status === 200 && JSON.stringify(ordered(seen(answer, expected))) === JSON.stringify(ordered(expected))
  );
}

/** An answer as a protocol has it: the query protocol writes numbers and truth values as texts. */
function expectedIn(protocol: SqsProtocol, value: unknown): unknown {
  if (protocol === 'JSON') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((one) => expectedIn(protocol, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, expectedIn(protocol, one)]));
}

/** What came, with `*` where any text or number will do. */
function seen(value: unknown, expected: unknown): unknown {
  if (expected === '*')
    return typeof value === 'number' || (typeof value === 'string' && value !== '') ? '*' : value;
  if (Array.isArray(value)) {
    const each: readonly unknown[] = Array.isArray(expected) ? expected : [];
    return value.map((one, at) => seen(one, each[at]));
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields: Readonly<Record<string, unknown>> =
    typeof expected === 'object' && expected !== null ? { ...expected } : {};
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, seen(one, fields[name])]));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, ordered(one)]),
  );
}

/** A value with what is kept in the place of its names. */
function filled(value: unknown, kept: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\{([\w. -]+)\}/gu, (all, name: string) => kept.get(name) ?? all);
  }
  if (Array.isArray(value)) return value.map((one) => filled(one, kept));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, kept)]));
}

function partOf(value: unknown, path: string): string {
  let part = value;
  for (const name of path.split('.')) {
    // Whatever it is: what has no such field has none.
    part = (part as Readonly<Record<string, unknown>> | undefined)?.[name];
  }
  if (typeof part !== 'string') throw new Error(`The answer has no ${path}: ${JSON.stringify(value)}`);
  return part;
}
