import type { JSX, RefObject } from 'preact';
import type { Feed } from '../feed.js';
import { count } from '../format.js';
import type { ControlRequest, StatusMessage, WorldMessage } from '@store/page-protocol';

/** What the bar needs. */
export interface TopBarProps {
  /** Kept up to date by the frames themselves. */
  readonly clock: RefObject<HTMLTimeElement | null>;
  readonly feed: Feed;
  readonly status: StatusMessage;
  readonly world: WorldMessage;
  readonly onAsk: (request: ControlRequest) => void;
}

const speeds = [1, 60, 600, 3600, 14_400];
const speedNames: Readonly<Record<number, string>> = {
  1: 'real time',
  60: '1 min/s',
  600: '10 min/s',
  3600: '1 h/s',
  14_400: '4 h/s',
};

/** World time, and the controls that move it. */
export function TopBar({ clock, feed, status, world, onAsk }: TopBarProps): JSX.Element {
  const running = status.state === 'running';
  const known = speeds.includes(status.speed) ? speeds : [...speeds, status.speed].sort((a, b) => a - b);
  const fromDay = Date.parse(world.from) / 86_400_000;
  const lastDay = Math.max(0, Math.ceil(Date.parse(world.to) / 86_400_000 - fromDay) - 1);
  const today = Math.max(0, Math.min(lastDay, Math.floor(Date.parse(status.at) / 86_400_000 - fromDay)));
  return (
    <header class="bar">
      <h1>store</h1>
      <time class="clock" ref={clock} aria-label="World time" />
      <button
        type="button"
        class="primary"
        disabled={status.state === 'ended'}
        onClick={() => {
          onAsk({ action: running ? 'pause' : 'resume' });
        }}
      >
        {running ? 'Pause' : 'Resume'}
      </button>
      <label>
        Speed{' '}
        <select
          value={String(status.speed)}
          onChange={(event) => {
            onAsk({ action: 'speed', speed: Number(event.currentTarget.value) });
          }}
        >
          {known.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speedNames[speed] ?? `${count(speed)}×`}
            </option>
          ))}
        </select>
      </label>
      <label class="seek">
        Day {today + 1} of {lastDay + 1}{' '}
        <input
          type="range"
          min={0}
          max={lastDay}
          value={today}
          aria-label="Move the world to a day"
          onChange={(event) => {
            const at = new Date((fromDay + Number(event.currentTarget.value)) * 86_400_000);
            onAsk({ action: 'seek', at: at.toISOString() });
          }}
        />
      </label>
      <span class={`link ${feed.connection}`} role="status">
        {feed.connection === 'live'
          ? status.state === 'ended'
            ? 'the world has ended: move it to another day'
            : status.state
          : 'connection lost, trying again'}
      </span>
    </header>
  );
}
