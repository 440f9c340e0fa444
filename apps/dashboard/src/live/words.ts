import { partNames, type PartName, type PartStatus, type StatusMessage } from '@store/page-protocol';
import { age, bytes, count, span, worldSpan } from '../format.js';

/** How a part or the whole is: the form of its mark and its colour. */
export type Mark = 'ok' | 'warn' | 'bad';

/** A part of the chain in words. */
export interface PartWords {
  readonly name: PartName;
  readonly title: string;
  readonly mark: Mark;
  /** Its one number. */
  readonly value: string;
  readonly age: string;
  /** Its other numbers, for who points at it. */
  readonly more: string;
  /** Whether the number is of an earlier time: it is dimmed. */
  readonly stale: boolean;
}

/** The chain in one sentence. */
export interface Verdict {
  readonly mark: Mark;
  readonly title: string;
  readonly more: string;
  /** The same without what counts on, for who listens. */
  readonly spoken: string;
}

const titles: Readonly<Record<PartName, string>> = {
  world: 'World',
  producer: 'Producer',
  endpoint: 'Endpoint',
  lake: 'Lake',
  planner: 'Planner',
  trucks: 'Trucks',
};

/** Green is earned: a part is well while its last good news is younger than three of its own intervals. */
export const isStale = ({ lastGood, everyMs }: PartStatus, now: number): boolean =>
  now - lastGood > 3 * everyMs;

/** Says how all parts are at an instant of the server's clock, which the page runs on by its own. */
export function partsInWords(status: StatusMessage, now: number): readonly PartWords[] {
  return partNames.map((name) => {
    const part = status.chain[name];
    const stale = isStale(part, now) || part.cause === 'unreachable';
    const mark = part.state === 'dead' ? 'bad' : part.state === 'slow' || stale ? 'warn' : 'ok';
    const [value, said] = words[name](status, now);
    return {
      more: details[name]?.(status) ?? '',
      name,
      title: titles[name],
      mark,
      value,
      age: isStale(part, now) && part.state === 'well' ? silence(part, now) : said,
      stale,
    };
  });
}

const silence = ({ lastGood }: PartStatus, now: number): string => `silent for ${age(now - lastGood)}`;

type Words = (status: StatusMessage, now: number) => readonly [value: string, age: string];

const words: Readonly<Record<PartName, Words>> = {
  world: ({ chain: { world } }) => [`${count(world.value)} events/s`, world.cause],
  producer({ chain: { producer }, producer: { accepted, pending, failed, sentAt }, state }, now) {
    const sent = state !== 'running' && pending === 0 ? 'all sent' : `sent ${age(now - sentAt)} ago`;
    const said = {
      sending: accepted === 0 ? 'nothing sent yet' : sent,
      'catching up': 'catching up',
      throttled: 'slowed: quota',
      retrying: 'retrying',
      'gave up': `${count(failed)} undelivered`,
    };
    return [`${count(pending)} waiting`, said[producer.cause]];
  },
  endpoint({ chain: { endpoint } }, now) {
    const { value: ms } = endpoint;
    const value = ms === 0 ? 'no call yet' : `${ms < 10 ? ms.toFixed(1) : count(ms)} ms a call`;
    const said = {
      answers: `answered ${age(now - endpoint.lastGood)} ago`,
      refuses: 'refuses half',
      cuts: 'cuts connections',
      down: `down for ${age(now - endpoint.since)}`,
    };
    return [endpoint.cause === 'down' ? 'no answer' : value, said[endpoint.cause]];
  },
  lake({ chain: { lake }, freshAt }, now) {
    const said = {
      fresh: lake.value === 0 ? 'none yet' : `newest ${span(now - freshAt)} old`,
      behind: `${age(now - freshAt)} behind`,
      unreachable: 'cannot query',
    };
    return [`${count(lake.value)} rows`, said[lake.cause]];
  },
  planner({ chain: { planner } }, now) {
    const ran = `ran ${age(now - planner.lastGood)} ago`;
    const said = { ran, behind: `behind, ${ran}`, unreachable: 'cannot query' };
    return [`${count(planner.value)} requests/min`, said[planner.cause]];
  },
  trucks({ chain: { trucks }, nextTruckAt, queueSince, at, state }, now) {
    const next =
      nextTruckAt === undefined
        ? 'none on the way'
        : `next in ${worldSpan(Date.parse(nextTruckAt) - Date.parse(at))}`;
    const said = {
      driving: state === 'ended' ? 'at the end' : next,
      behind:
        queueSince === undefined || isStale(trucks, now)
          ? silence(trucks, now)
          : `queue ${age(now - queueSince)} old`,
      unreachable: 'cannot receive',
    };
    return [`${count(trucks.value)} on the road`, said[trucks.cause]];
  },
};

const details: Readonly<Partial<Record<PartName, (status: StatusMessage) => string>>> = {
  world: ({ generated }) => `${count(generated)} events made`,
  producer({ producer: { accepted, inFlight, retries, ambiguous, eventBytes, billedBytes, dollars } }) {
    const sent = `${count(accepted)} acknowledged, ${count(inFlight)} calls under way`;
    const again = `${count(retries)} records sent again, ${count(ambiguous)} events without a known outcome`;
    return `${sent}; ${again}; ${bytes(eventBytes)}, billed as ${bytes(billedBytes)}: $${dollars.toFixed(6)} on AWS`;
  },
  lake: ({ lake }) =>
    `${count(lake.distinctEvents)} distinct events; ${count(lake.files)} Parquet files, ${bytes(lake.bytes)}`,
  trucks: ({ trucksArrived, queueSince, now }) =>
    `${count(trucksArrived)} arrived in this run; ${queueSince === undefined ? 'the queue is empty' : `oldest request in the queue: ${age(now - queueSince)}`}`,
};

/** Says in one sentence how the chain is: as its worst part. */
export function verdictOf(status: StatusMessage, now: number, connected: boolean): Verdict {
  const { chain, producer, freshAt, generated, state } = status;
  const { pending, failed } = producer;
  const lost = `${count(failed)} lost`;
  const more = `${count(pending)} ${pending === 1 ? 'event waits' : 'events wait'}, ${lost}`;
  const verdict = (mark: Mark, title: string, detail = more, spoken = `${title}, ${lost}`): Verdict => ({
    mark,
    title,
    more: detail,
    spoken,
  });
  if (!connected)
    return verdict(
      'bad',
      'The server does not answer',
      `No news for ${age(now - status.now)}: what you see is from before`,
      'The server does not answer',
    );
  // The world has news with every message: where it has none, nobody has heard of the other parts either.
  if (isStale(chain.world, now))
    return verdict(
      'warn',
      `Server silent for ${age(now - status.now)}`,
      'What you see is from before',
      'Server silent',
    );
  if (chain.endpoint.state === 'dead')
    return verdict(
      'bad',
      `Endpoint down for ${age(now - chain.endpoint.since)}`,
      more,
      `Endpoint down, ${lost}`,
    );
  if (failed > 0) return verdict('bad', `${count(failed)} events failed`);
  // An endpoint that says nothing is the cause of all that wait for it.
  const silent = (['endpoint', ...partNames] as const).find(
    (name) => isStale(chain[name], now) && chain[name].state === 'well',
  );
  if (silent !== undefined)
    return verdict(
      'warn',
      `${titles[silent]} silent for ${age(now - chain[silent].lastGood)}`,
      more,
      `${titles[silent]} silent`,
    );
  if (chain.endpoint.cause === 'refuses')
    return verdict('warn', 'Slowed: the endpoint refuses half of all records');
  if (chain.endpoint.cause === 'cuts') return verdict('warn', 'Slowed: connections are cut');
  if (chain.producer.cause === 'catching up') return verdict('warn', 'Catching up');
  if (chain.producer.state === 'slow') return verdict('warn', 'Slowed: the producer sends again');
  if (chain.lake.state !== 'well')
    return verdict('warn', `The lake is ${age(now - freshAt)} behind`, more, 'The lake is behind');
  if (chain.planner.state !== 'well') return verdict('warn', 'The planner is behind');
  if (chain.trucks.state !== 'well') return verdict('warn', 'The trucks are behind');
  if (state === 'paused') return verdict('warn', 'Paused');
  if (state === 'ended') return verdict('warn', 'End of the simulation', `${lost}; pick a day to replay`);
  const fresh = generated === 0 ? 'No event yet' : `Events can be queried after ${span(now - freshAt)}`;
  return verdict('ok', 'All well', `${fresh}, ${lost}`);
}
