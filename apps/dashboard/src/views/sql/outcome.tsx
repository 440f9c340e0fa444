import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SqlAnswer } from '@store/page-protocol';
import { count } from '../../format.js';
import { ResultTable } from './result-table.js';

/** What became of one statement of a run. */
export interface Outcome {
  readonly sql: string;
  readonly startedAt: number;
  readonly state:
    | { readonly kind: 'running' }
    | { readonly kind: 'cancelled'; readonly afterMs: number }
    | { readonly kind: 'done'; readonly answer: SqlAnswer }
    | { readonly kind: 'failed'; readonly message: string; readonly place?: ErrorPlace };
}

/** Place of an error in the box. */
export interface ErrorPlace {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** What an outcome needs. */
export interface OutcomeViewProps {
  readonly outcome: Outcome;
  /** `statement 2`; undefined where there is one alone. */
  readonly statement: string | undefined;
  readonly onPlace: (place: ErrorPlace) => void;
  readonly onSave: (sql: string, format: 'csv' | 'parquet') => void;
}

/** Rows, error or end of one statement. */
export function OutcomeView({ outcome, statement, onPlace, onSave }: OutcomeViewProps): JSX.Element {
  const { state, sql } = outcome;
  if (state.kind === 'running') return <Running since={outcome.startedAt} />;
  if (state.kind === 'cancelled') return <p class="sql-note">{`Cancelled after ${time(state.afterMs)}.`}</p>;
  if (state.kind === 'failed') {
    const { message, place } = state;
    return (
      <div class="sql-error" role="alert">
        <pre>{message}</pre>
        {place !== undefined && (
          <button
            type="button"
            onClick={() => {
              onPlace(place);
            }}
          >
            {`Line ${place.line}, column ${place.column}`}
          </button>
        )}
      </div>
    );
  }
  const { elapsedMs, lake } = state.answer;
  const of = statement === undefined ? '' : ` of ${statement}`;
  const isPlan = state.answer.columns[0]?.name === 'explain_key';
  return (
    <section class="sql-outcome">
      <div class="sql-facts">
        <small>
          {`${isPlan ? 'Plan' : rowsText(state.answer)}${of} in ${time(elapsedMs)} · ${count(lake.files)} Parquet ${lake.files === 1 ? 'file' : 'files'} + ${count(lake.waitingRows)} ${lake.waitingRows === 1 ? 'row' : 'rows'} not yet in Parquet`}
        </small>
        {!isPlan &&
          (['csv', 'parquet'] as const).map((format) => (
            <button
              key={format}
              type="button"
              title={`All rows${of} as a file`}
              onClick={() => {
                onSave(sql, format);
              }}
            >
              {format === 'csv' ? 'CSV' : 'Parquet'}
            </button>
          ))}
      </div>
      <ResultTable answer={state.answer} name={`Rows${of}`} />
    </section>
  );
}

/** `10 rows`, or `first 1,000 rows`. */
export function rowsText({ rows: { length }, cut }: SqlAnswer): string {
  return `${cut ? 'first ' : ''}${count(length)} ${length === 1 ? 'row' : 'rows'}`;
}

/** `14 ms`, or `3.2 s`. */
export function time(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function Running({ since }: { readonly since: number }): JSX.Element {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return <p class="sql-note">{seconds < 1 ? 'Running…' : `Running for ${seconds} s…`}</p>;
}
