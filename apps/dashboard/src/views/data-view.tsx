import './data/data.css';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { EventsLook } from './data/events-look.js';
import { CallsLook } from './data/calls-look.js';
import { ErrorsLook } from './data/errors-look.js';
import { FilesLook } from './data/files-look.js';
import { RequestsLook } from './data/requests-look.js';
import { olderRun } from '../bar/run-choice.js';
import { SendRecord } from '../send-record/send-record.js';
import type { LookProps, ViewProps } from './view-props.js';

const looks = [
  { name: 'events', title: 'Events', Look: EventsLook },
  { name: 'calls', title: 'Records on the wire', Look: CallsLook },
  { name: 'files', title: 'Parquet files', Look: FilesLook },
  { name: 'errors', title: 'Error output', Look: ErrorsLook },
  { name: 'requests', title: 'Queue', Look: RequestsLook },
  { name: 'send', title: 'Send a record', Look: SendRecord },
] as const;
/** Those that show one run; the others have what was sent since the start, or what is sent now. */
const looksOfRun: readonly string[] = ['events', 'files', 'send'];

/** What is between the world and SQL: events, records, files, errors, the queue; each leads to the next. */
export function DataView(props: ViewProps): JSX.Element {
  const { address, go, status } = props;
  const ofRun = olderRun(address, status);
  const chosen = looks.find(({ name }) => name === address.look) ?? looks[0];
  const onLook: LookProps['onLook'] = ({ look, filter, entry }) => {
    go({ view: 'data', look, filter, entry });
  };
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a telephone the bar scrolls: what is chosen is seen.
    bar.current?.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [chosen.name]);
  return (
    <section class="panel data" aria-label={chosen.title}>
      <div class="head">
        <div ref={bar} class="segments data-looks" role="group" aria-label="What to look at">
          {looks.map(({ name, title }) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === chosen.name}
              onClick={() => {
                onLook({ look: name });
              }}
            >
              {title}
            </button>
          ))}
        </div>
        {ofRun !== undefined && !looksOfRun.includes(chosen.name) && (
          <small role="note">{`of all runs, not of run ${ofRun} alone`}</small>
        )}
      </div>
      <chosen.Look key={chosen.name} {...props} onLook={onLook} />
    </section>
  );
}
