import type { JSX } from 'preact';
import type { LogEntry } from '@store/page-protocol';
import { wallTime } from '../format.js';

const marks: Readonly<Record<LogEntry['kind'], string>> = {
  good: 'ok',
  bad: 'bad',
  run: 'warn',
  note: 'note',
};

/** Lines of what happened, the newest first. */
export function LogLines({
  entries,
  label,
  kind,
}: {
  readonly entries: readonly LogEntry[];
  readonly label: string;
  readonly kind: 'story' | 'ticker';
}): JSX.Element {
  return (
    <ol class={kind} aria-label={label}>
      {entries.map(({ id, at, kind: what, text }) => (
        <li key={id}>
          <time dateTime={new Date(at).toISOString()}>{wallTime(at)}</time>
          <i class={`dot ${marks[what]}`} />
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}

/** The whole log. */
export function Story({ log }: { readonly log: readonly LogEntry[] }): JSX.Element {
  return (
    <section class="panel" aria-labelledby="story-title">
      <div class="head">
        <h2 id="story-title">What happened</h2>
        <small>kept with the run</small>
      </div>
      <div class="scroll story-box" tabIndex={0} role="group" aria-labelledby="story-title">
        <LogLines entries={log} label="What happened" kind="story" />
      </div>
    </section>
  );
}
