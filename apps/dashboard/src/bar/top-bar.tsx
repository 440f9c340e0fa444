import type { JSX, MouseEventHandler, RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { count } from '../format.js';
import type { ViewProps } from '../views/view-props.js';
import { CopyLink } from './copy-link.js';
import { DayTrack } from './day-track.js';
import { RunChoice } from './run-choice.js';
import { ViewLinks } from './view-links.js';

/** What the bar needs beside what every view is given. */
export interface TopBarProps extends ViewProps {
  /** Kept up to date by the frames themselves. */
  readonly clock: RefObject<HTMLTimeElement | null>;
  readonly onTour: MouseEventHandler<HTMLElement>;
}

const speedNames: Readonly<Record<number, string>> = {
  1: 'real time',
  60: '1 min/s',
  600: '10 min/s',
  3600: '1 h/s',
  14_400: '4 h/s',
};
const speeds = [60, 600, 3600];

/** Views, simulated time, its controls, the run, and the link to what is shown. */
export function TopBar({ clock, onTour, ...view }: TopBarProps): JSX.Element {
  const { status, address, ask } = view;
  const { state, speed } = status;
  const running = state === 'running';
  // The speed that the world was started at stays a choice.
  const seen = useRef(new Set(speeds));
  seen.current.add(speed);
  const shown = [...seen.current].sort((a, b) => a - b);
  return (
    <header class="bar">
      <div class="logo">
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <rect width="20" height="20" rx="5" />
          <path d="M4 13.5h3.2V8h5.6v5.5H16" />
        </svg>
        <span>store</span>
      </div>
      <ViewLinks address={address} kind="tabs" />
      <time class="clock" ref={clock} title="Simulated time, UTC" />
      <button
        type="button"
        class="primary"
        disabled={state === 'ended'}
        onClick={() => {
          ask({ action: running ? 'pause' : 'resume' });
        }}
      >
        {running ? 'Pause' : state === 'paused' ? 'Resume' : 'Ended'}
      </button>
      <div class="segments speed" role="group" aria-label="Speed">
        {shown.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === speed}
            onClick={() => {
              ask({ action: 'speed', speed: one });
            }}
          >
            {speedNames[one] ?? `${count(one)}×`}
          </button>
        ))}
      </div>
      <DayTrack {...view} />
      <span class="fill" />
      <RunChoice {...view} />
      <button type="button" class="quiet tour-button" onClick={onTour}>
        <span class="wide-only">5-minute </span>tour
      </button>
      <CopyLink />
    </header>
  );
}
