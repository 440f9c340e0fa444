import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EventsAnswer, PassedEvent } from '@store/page-protocol';
import { olderRun } from '../../bar/run-choice.js';
import { getJson } from '../../feed.js';
import { count } from '../../format.js';
import type { LookProps } from '../view-props.js';
import { EventTrace, fieldText } from './event-trace.js';
import { Shelf, TwoPanes } from './two-panes.js';

const everyMs = 1000;
/** Events that stay in the list. */
const most = 200;
/** A filter counts once its writing rests. */
const restMs = 300;

/** Events as they pass, and where each one went. */
export function EventsLook(props: LookProps): JSX.Element {
  const { address, go, status } = props;
  const ofRun = olderRun(address, status);
  const filter = address.filter ?? '';
  const [written, setWritten] = useState(filter);
  const [isPaused, setPaused] = useState(false);
  const [events, setEvents] = useState<readonly PassedEvent[]>([]);
  const [passed, setPassed] = useState(0);
  const [problem, setProblem] = useState<string>();
  const [chosen, setChosen] = useState<PassedEvent>();

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
    setEvents([]);
  }, [filter, ofRun]);
  useEffect(() => {
    if (isPaused) return undefined;
    const leave = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let after = 0;
    const look = (): void => {
      getJson(
        'api/data/events',
        { filter, after: String(after), ...(ofRun === undefined ? {} : { run: String(ofRun) }) },
        leave.signal,
      )
        .then(
          (found) => {
            // The parse boundary: the server of this page answers in the protocol's shapes.
            const answer = found as EventsAnswer;
            const isFirst = after === 0;
            after = answer.passed;
            setPassed(answer.passed);
            setEvents((before) => [...answer.events, ...(isFirst ? [] : before)].slice(0, most));
            setProblem(undefined);
          },
          (error: unknown) => {
            if (!leave.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
          },
        )
        .finally(() => {
          if (!leave.signal.aborted) timer = setTimeout(look, everyMs);
        });
    };
    look();
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [filter, ofRun, isPaused]);

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
        <small>{`${count(passed)} passed`}</small>
      </div>
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <TwoPanes
        name="Events"
        head={[
          { title: 'Time' },
          { title: 'Event' },
          { title: 'Shelf' },
          { title: 'Change', isNumber: true },
        ]}
        rows={events.map(({ number, event }) => ({
          id: String(number),
          cells: [
            fieldText(event, 'event_time').slice(11, 19),
            fieldText(event, 'event_type'),
            <Shelf product={fieldText(event, 'product_name')} store={fieldText(event, 'store_name')} />,
            signed(Number(event.quantity_delta)),
          ],
        }))}
        empty={filter === '' ? 'No event has passed yet.' : 'No event that passed is like that.'}
        chosen={chosen === undefined ? undefined : String(chosen.number)}
        onChoose={(id) => {
          setChosen(events.find(({ number }) => String(number) === id));
        }}
      >
        {chosen === undefined ? (
          <p class="data-empty">Choose an event to see where it went.</p>
        ) : (
          <EventTrace {...props} event={chosen.event} />
        )}
      </TwoPanes>
    </>
  );
}

/** `+24`, `−2`, and nothing for none. */
function signed(value: number): string {
  if (value === 0 || Number.isNaN(value)) return '';
  return value > 0 ? `+${value}` : `−${-value}`;
}
