import type { JSX } from 'preact';
import type { StatusMessage } from '@store/page-protocol';
import type { Address } from '../address.js';
import type { ViewProps } from '../views/view-props.js';

/** Runs that are offered; an older one is chosen by the address. */
const mostOffered = 50;

/** The run that the address names, where that is not the one that plays. */
export function olderRun({ run: written }: Address, { run: newest }: StatusMessage): number | undefined {
  const run = Number(written);
  return Number.isInteger(run) && run >= 1 && run < newest ? run : undefined;
}

/** The run that the Data and SQL views show; a choice from the second run on. */
export function RunChoice({ status, address, go }: ViewProps): JSX.Element {
  const { run: newest } = status;
  const title =
    'Each time the clock is moved a new run begins. The Data and SQL views show the run that is chosen here, Live the newest.';
  if (newest === 1) {
    return (
      <small class="run" title={title}>
        Run 1
      </small>
    );
  }
  const chosen = olderRun(address, status) ?? newest;
  const offered = Array.from({ length: Math.min(newest, mostOffered) }, (_, index) => newest - index);
  return (
    <select
      class="run"
      aria-label="Run"
      title={title}
      value={String(chosen)}
      onChange={({ currentTarget: { value } }) => {
        go({ run: Number(value) === newest ? undefined : value });
      }}
    >
      {(offered.includes(chosen) ? offered : [...offered, chosen]).map((run) => (
        <option key={run} value={String(run)}>
          Run {run}
        </option>
      ))}
    </select>
  );
}
