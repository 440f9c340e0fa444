import type { JSX } from 'preact';
import type { FaultName } from '@store/page-protocol';
import type { ViewProps } from '../views/view-props.js';

interface Face {
  readonly label: string;
  readonly caption: string;
  /** Missing where the label itself says what a press does. */
  readonly pressed?: boolean;
}

/** What each button is, off and on: all that it says and shows comes from here. */
const faults: readonly { readonly name: FaultName; readonly off: Face; readonly on: Face }[] = [
  {
    name: 'throttle',
    off: { label: 'Throttle', caption: 'The endpoint will refuse half of all records', pressed: false },
    on: { label: 'Throttle', caption: 'The endpoint refuses half of all records', pressed: true },
  },
  {
    name: 'reset',
    off: {
      label: 'Cut connections',
      caption: 'Connections will break, some after the data was taken',
      pressed: false,
    },
    on: {
      label: 'Cut connections',
      caption: 'Connections break, some after the data was taken',
      pressed: true,
    },
  },
  {
    name: 'kill',
    off: { label: 'Kill the endpoint', caption: "SIGKILL to the endpoint's process" },
    on: { label: 'Start the endpoint', caption: 'It reads its log and continues where it stopped' },
  },
];

/** Buttons that break things, so that one can watch nothing being lost. */
export function Faults({ status, ask }: Pick<ViewProps, 'status' | 'ask'>): JSX.Element {
  return (
    <div class="break" role="group" aria-label="Break something">
      <small>Break something</small>
      {faults.map(({ name, off, on }) => {
        const isOn = status.faults.includes(name);
        const { label, caption, pressed } = isOn ? on : off;
        return (
          <button
            key={name}
            type="button"
            class={isOn ? 'on' : ''}
            aria-pressed={pressed}
            title={caption}
            onClick={() => {
              ask({ action: 'fault', fault: name, on: !isOn });
            }}
          >
            {label}
          </button>
        );
      })}
    </div>
  );
}
