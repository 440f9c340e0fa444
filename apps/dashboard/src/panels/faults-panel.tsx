import type { JSX } from 'preact';
import type { ControlRequest, FaultName, StatusMessage } from '@store/page-protocol';

/** What the buttons need. */
export interface FaultsPanelProps {
  readonly status: StatusMessage;
  readonly onAsk: (request: ControlRequest) => void;
}

const faults: readonly { readonly name: FaultName; readonly title: string; readonly about: string }[] = [
  { name: 'throttle', title: 'Throttle', about: 'the endpoint refuses half of the records' },
  { name: 'reset', title: 'Reset', about: 'connections break, some after the data was taken' },
  {
    name: 'kill',
    title: 'Kill the endpoint',
    about: 'kills its process (SIGKILL); no answer until it is started again',
  },
];

/** Buttons that break things, so that one can watch nothing being lost. */
export function FaultsPanel({ status, onAsk }: FaultsPanelProps): JSX.Element {
  return (
    <section class="panel faults" aria-labelledby="faults-title">
      <h2 id="faults-title">
        Break something{' '}
        <small>{status.endpoint === 'down' ? 'the endpoint is down' : 'the endpoint answers'}</small>
      </h2>
      {faults.map(({ name, title, about }) => {
        const on = status.faults.includes(name);
        return (
          <button
            key={name}
            type="button"
            class="fault"
            aria-pressed={on}
            aria-describedby={`fault-${name}`}
            onClick={() => {
              onAsk({ action: 'fault', fault: name, on: !on });
            }}
          >
            <strong>{on && name === 'kill' ? 'Start it again' : title}</strong>
            <small id={`fault-${name}`}>{about}</small>
          </button>
        );
      })}
    </section>
  );
}
