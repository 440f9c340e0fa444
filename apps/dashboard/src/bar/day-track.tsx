import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { worldDay } from '../format.js';
import { lazy } from '../views/lazy.js';
import type { ViewProps } from '../views/view-props.js';

const NewRun = lazy(async () => (await import('./new-run.js')).NewRun);

const msPerDay = 86_400_000;
/** A button a day has room for this many; longer worlds get a slider. */
const mostButtons = 10;

/** The days of the world as a track that fills up; a day moves the world there, which begins a new run. */
export function DayTrack({ world, status, ask }: ViewProps): JSX.Element {
  const [wanted, setWanted] = useState<string>();
  const agreed = useRef(false);
  const from = Date.parse(world.from);
  const days = Math.max(1, Math.ceil((Date.parse(world.to) - from) / msPerDay));
  const now = (Date.parse(status.at) - from) / msPerDay;
  const today = Math.max(0, Math.min(days - 1, Math.floor(now)));
  const move = (day: number): void => {
    const at = new Date(from + day * msPerDay).toISOString();
    if (agreed.current) ask({ action: 'seek', at });
    else setWanted(at);
  };

  return (
    <>
      {days <= mostButtons ? (
        <div class="days" role="group" aria-label="Day of the simulation">
          {Array.from({ length: days }, (_, day) => (
            <button
              key={day}
              type="button"
              aria-current={day === today ? 'date' : undefined}
              aria-label={`Go to ${worldDay(from + day * msPerDay)}`}
              title={`Go to ${worldDay(from + day * msPerDay)}. This begins a new run.`}
              onClick={() => {
                move(day);
              }}
            >
              <i style={{ width: `${100 * Math.max(0, Math.min(1, now - day))}%` }} />
              <b>{worldDay(from + day * msPerDay).slice(0, 3)}</b>
            </button>
          ))}
        </div>
      ) : (
        <label class="days slider">
          <small>{`Day ${today + 1} of ${days}`}</small>
          <input
            type="range"
            min={0}
            max={days - 1}
            value={today}
            aria-label="Day of the simulation"
            onChange={(event) => {
              const input = event.currentTarget;
              move(input.valueAsNumber);
              // It shows where the world is; the world moves when that was agreed to.
              input.valueAsNumber = today;
            }}
          />
        </label>
      )}
      {wanted !== undefined && (
        <NewRun
          run={status.run}
          onClose={(agrees) => {
            if (agrees) {
              agreed.current = true;
              ask({ action: 'seek', at: wanted });
            }
            setWanted(undefined);
          }}
        />
      )}
    </>
  );
}
