import type { JSX } from 'preact';
import type { ViewProps } from '../views/view-props.js';

/** Says on the Live view that it does not show the run that is chosen. */
export function OlderRunNote({ run, status, go }: ViewProps & { readonly run: number }): JSX.Element {
  return (
    <p class="older-run" role="note">
      {`Run ${run} is over: the Data and SQL views show what the lake has of it. Live shows run ${status.run}. `}
      <button
        type="button"
        onClick={() => {
          go({ run: undefined });
        }}
      >
        Show run {status.run} everywhere
      </button>
    </p>
  );
}
