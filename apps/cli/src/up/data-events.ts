import type { FirehoseProducer } from '@store/firehose';
import type { EventsAnswer } from '@store/page-protocol';
import { CliError } from '../terminal/errors.js';
import type { RunEvent } from './runs.js';

type EventSink = Pick<FirehoseProducer<RunEvent>, 'put' | 'drained'>;

/** Events that are kept. */
const kept = 5000;
/** Events of one answer. */
const mostAnswered = 100;

/** The newest events, as they were sent. */
export class EventRing {
  readonly #events: RunEvent[] = [];
  #passed = 0;

  /** A producer that events reach through this ring. */
  tap(producer: EventSink): EventSink {
    return {
      put: (event) => {
        this.add(event);
        return producer.put(event);
      },
      drained: async () => producer.drained(),
    };
  }

  add(event: RunEvent): void {
    this.#events[this.#passed % kept] = event;
    this.#passed += 1;
  }

  /** Those after a number that a filter lets through, of one run or of any, the newest first. */
  newest(after: number, filter: EventFilter, run?: number): EventsAnswer {
    const events: EventsAnswer['events'][number][] = [];
    const oldest = Math.max(0, this.#passed - kept, after);
    for (let number = this.#passed; number > oldest && events.length < mostAnswered; number--) {
      const event = this.#events[(number - 1) % kept];
      if (event === undefined || (run !== undefined && event.run !== run)) continue;
      if (filter(event)) events.push({ number, event: { ...event } });
    }
    return { passed: this.#passed, events };
  }
}

/** Whether an event is wanted. */
export type EventFilter = (event: RunEvent) => boolean;

const clause = /^\s*([a-z_.]+)\s*(<=|>=|!=|<>|=|<|>|~)\s*(.+?)\s*$/i;

/**
 * Reads a filter: conditions such as `event_type = sale`, `current_stock < 5`, `location.city = Linz` or
 * `store_name ~ market`, joined by `and`; `~` looks for a part, whatever the case. Words without a sign are looked for in
 * the whole event.
 *
 * @throws CliError `BAD_REQUEST` for a field that no event has
 */
export function readFilter(text: string): EventFilter {
  const tests = text
    .split(/\s+and\s+/i)
    .filter((part) => part.trim() !== '')
    .map(readCondition);
  return (event) => tests.every((test) => test(event));
}

function readCondition(text: string): EventFilter {
  const [, path, sign = '', given = ''] = clause.exec(text) ?? [];
  if (path === undefined) {
    const word = text.trim().toLowerCase();
    return (event) => JSON.stringify(event).toLowerCase().includes(word);
  }
  const steps = path.split('.');
  const wanted = given.replace(/^'(.*)'$|^"(.*)"$/, '$1$2');
  return (event) => compares(valueAt(event, steps), sign, wanted);
}

function valueAt(event: RunEvent, steps: readonly string[]): unknown {
  let value: unknown = event;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) {
      throw new CliError('BAD_REQUEST', `Events have no field ${steps.join('.')}.`, {
        fix: 'Write `field = value`, such as `event_type = sale and current_stock < 5`.',
      });
    }
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}

function compares(value: unknown, sign: string, wanted: string): boolean {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (sign === '~') return text.toLowerCase().includes(wanted.toLowerCase());
  const number = Number(wanted);
  const isNumber = typeof value === 'number' && wanted !== '' && !Number.isNaN(number);
  const order = isNumber ? value - number : text < wanted ? -1 : Number(text > wanted);
  switch (sign) {
    case '=':
      return order === 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    default:
      return order !== 0;
  }
}
