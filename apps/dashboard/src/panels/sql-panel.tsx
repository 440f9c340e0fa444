import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { query } from '../feed.js';
import { count } from '../format.js';
import type { NamedQueryMessage, QueryAnswer } from '@store/page-protocol';

type Outcome = { readonly answer: QueryAnswer } | { readonly error: string } | 'running' | undefined;

/** A box for SQL over the lake, with the named queries. Ctrl+Enter runs it. */
export function SqlPanel({ queries }: { readonly queries: readonly NamedQueryMessage[] }): JSX.Element {
  const [sql, setSql] = useState('');
  const [outcome, setOutcome] = useState<Outcome>();
  const run = (text: string): void => {
    if (text.trim() === '') return;
    setOutcome('running');
    query(text).then(
      (answer) => {
        setOutcome({ answer });
      },
      (error: unknown) => {
        setOutcome({ error: error instanceof Error ? error.message : String(error) });
      },
    );
  };
  return (
    <section class="panel sql" aria-labelledby="sql-title">
      <h2 id="sql-title">SQL</h2>
      <div class="named" role="group" aria-label="Named queries">
        {queries.map(({ name, title, sql: text }) => (
          <button
            key={name}
            type="button"
            title={title}
            onClick={() => {
              setSql(text);
              run(text);
            }}
          >
            {name}
          </button>
        ))}
      </div>
      <textarea
        value={sql}
        rows={5}
        spellcheck={false}
        aria-label="SQL statement"
        placeholder="select event_type, count(*) from inventory_events group by 1"
        onInput={(event) => {
          setSql(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run(sql);
        }}
      />
      <button
        type="button"
        class="primary"
        disabled={outcome === 'running'}
        onClick={() => {
          run(sql);
        }}
      >
        {outcome === 'running' ? 'Running…' : 'Run'} <kbd>Ctrl Enter</kbd>
      </button>
      <div aria-live="polite">{result(outcome)}</div>
    </section>
  );
}

function result(outcome: Outcome): JSX.Element | null {
  if (outcome === undefined || outcome === 'running') return null;
  if ('error' in outcome) return <pre class="problem">{outcome.error}</pre>;
  const { columns, rows, elapsedMs, cut } = outcome.answer;
  return (
    <>
      <p class="note">
        {`${cut ? 'The first ' : ''}${count(rows.length)} ${rows.length === 1 ? 'row' : 'rows'} in ${count(elapsedMs)} ms`}
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Rows">
        <table>
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((value, column) => (
                  <td key={column} class={typeof value === 'number' ? 'number' : ''}>
                    {value === null ? '∅' : String(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
