import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { EventsAnswer, PassedEvent } from '@store/page-protocol';
import { olderRun } from '../../bar/run-choice.js';
import { getJson, messageOf } from '../../feed.js';
import { count, worldDay } from '../../format.js';
import { usePoll } from '../../poll.js';
import type { LookProps } from '../view-props.js';
import { EventTrace, fieldText } from './event-trace.js';
import { Shelf, TwoPanes } from './two-panes.js';
import { useAnswer } from './use-answer.js';

const everyMs = 1000;
/** Events that stay in the list. */
const most = 200;
/** A filter counts once its writing rests. */
const restMs = 300;

/** Events as they pass, and where each one went. */
export function EventsLook(props: LookProps): JSX.Element {
  const { address, go, status, onLook } = props;
  const { entry } = address;
  const ofRun = olderRun(address, status);
  const filter = address.filter ?? '';
  const [written, setWritten] = useState(filter);
  const [isPaused, setPaused] = useState(false);
  const [events, setEvents] = useState<readonly PassedEvent[]>([]);
  const [passed, setPassed] = useState(0);
  const [problem, setProblem] = useState<string>();
  /** How many events had passed at the last answer. */
  const after = useRef(0);

  useEffect(() => {
    if (written === filter) return undefined;
    const timer = setTimeout(() => {
      go({ filter: written }, 'replace');
    }, restMs);
    return () => {
      clearTimeout(timer);
    };
  }, [written]);
  useEffect(() => {
    after.current = 0;
    setEvents([]);
    // Back and Forward change the filter too.
    setWritten(filter);
  }, [filter, ofRun]);
  usePoll<EventsAnswer>(
    isPaused
      ? undefined
      : {
          // The parse boundary: the server of this page answers in the protocol's shapes.
          ask: async (signal) =>
            (await getJson(
              'api/data/events',
              {
                filter,
                after: String(after.current),
                ...(ofRun === undefined ? {} : { run: String(ofRun) }),
              },
              signal,
            )) as EventsAnswer,
          take(answer) {
            const isFirst = after.current === 0;
            after.current = answer.passed;
            setPassed(answer.passed);
            setEvents((before) => [...answer.events, ...(isFirst ? [] : before)].slice(0, most));
            setProblem(undefined);
          },
          onFail(error) {
            setProblem(messageOf(error));
          },
          everyMs,
        },
    [filter, ofRun, isPaused],
  );

  return (
    <>
      <div class="data-bar">
        <input
          class="search"
          type="search"
          aria-label="Filter"
          placeholder="event_type = sale"
          value={written}
          onInput={(event) => {
            setWritten(event.currentTarget.value);
          }}
        />
        <button
          type="button"
          aria-pressed={isPaused}
          onClick={() => {
            setPaused(!isPaused);
          }}
        >
          {isPaused ? 'Continue' : 'Hold the list'}
        </button>
        <small>{`${count(passed)} events passed`}</small>
      </div>
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <TwoPanes
        name="Events"
        head={[
          { title: 'Simulated time' },
          { title: 'Event' },
          { title: 'Shelf' },
          { title: 'Change', isNumber: true },
        ]}
        rows={events.map(({ number, event }) => ({
          id: fieldText(event, 'event_id'),
          key: number,
          cells: [
            <EventTime iso={fieldText(event, 'event_time')} />,
            fieldText(event, 'event_type'),
            <Shelf product={fieldText(event, 'product_name')} store={fieldText(event, 'store_name')} />,
            signed(Number(event.quantity_delta)),
          ],
        }))}
        empty={filter === '' ? 'No event has passed yet.' : 'No event that passed is like that.'}
        chosen={entry}
        onChoose={(id) => {
          onLook({ look: 'events', filter, entry: id });
        }}
      >
        {entry === undefined ? (
          <p class="data-empty">Choose an event to see where it went.</p>
        ) : (
          <ChosenEvent {...props} id={entry} />
        )}
      </TwoPanes>
    </>
  );
}

/** The event of the address: a link, a reload or Back may name one that the list has no more. */
function ChosenEvent({ id, ...props }: LookProps & { readonly id: string }): JSX.Element {
  const filter = `event_id = ${id}`;
  const { answer, problem } = useAnswer<EventsAnswer>('api/data/events', { filter }, undefined);
  const [found] = answer?.events ?? [];
  if (found !== undefined) return <EventTrace {...props} event={found.event} />;
  return (
    <p class="data-empty">
      {answer === undefined ? (problem ?? 'Looking…') : 'This event is not kept any more.'}
    </p>
  );
}

/** The time of the day, and the day below it: events of a day come after the end of the day before. */
function EventTime({ iso }: { readonly iso: string }): JSX.Element {
  return (
    <>
      {iso.slice(11, 19)}
      <small>{iso === '' ? '' : worldDay(Date.parse(iso))}</small>
    </>
  );
}

/** `+24`, `−2`, and nothing for none. */
function signed(value: number): string {
  if (value === 0 || Number.isNaN(value)) return '';
  return value > 0 ? `+${value}` : `−${-value}`;
}
