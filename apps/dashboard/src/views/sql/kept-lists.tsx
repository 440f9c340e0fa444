import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { HistoryEntry } from './kept-statements.js';

/** What a list of statements with names needs. */
export interface StatementListProps {
  readonly items: readonly { readonly name: string; readonly sql: string; readonly title?: string }[];
  readonly onPick: (sql: string) => void;
  /** Removes one; without it, they stay. */
  readonly onForget?: (name: string) => void;
}

/** Statements that go by a name. */
export function StatementList({ items, onPick, onForget }: StatementListProps): JSX.Element {
  if (items.length === 0) return <p class="sql-none">none yet</p>;
  return (
    <ul class="sql-names">
      {items.map(({ name, sql, title }) => (
        <li key={name}>
          <button
            type="button"
            title={title ?? sql}
            onClick={() => {
              onPick(sql);
            }}
          >
            {name}
          </button>
          {onForget !== undefined && (
            <button
              type="button"
              aria-label={`Forget ${name}`}
              onClick={() => {
                onForget(name);
              }}
            >
              ×
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What the history needs. */
export interface HistoryListProps {
  readonly entries: readonly HistoryEntry[];
  readonly onPick: (sql: string) => void;
}

/** Statements that were run in this browser, the newest first. */
export function HistoryList({ entries, onPick }: HistoryListProps): JSX.Element {
  if (entries.length === 0) return <p class="sql-none">none yet</p>;
  return (
    <ol>
      {entries.map(({ sql, at, outcome, failed }) => (
        <li key={sql}>
          <button
            type="button"
            title={sql}
            onClick={() => {
              onPick(sql);
            }}
          >
            <code>{sql.replaceAll(/\s+/g, ' ')}</code>
            <small class={failed ? 'bad' : ''}>
              {`${new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })} · ${outcome}`}
            </small>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** What saving needs. */
export interface SaveAsProps {
  readonly disabled: boolean;
  readonly onName: (name: string) => void;
}

/** A button that asks for a name in its own place. */
export function SaveAs({ disabled, onName }: SaveAsProps): JSX.Element {
  const [name, setName] = useState<string>();
  const save = (): void => {
    const chosen = name?.trim() ?? '';
    setName(undefined);
    if (chosen !== '') onName(chosen);
  };
  if (name === undefined) {
    return (
      <button
        type="button"
        disabled={disabled}
        onClick={() => {
          setName('');
        }}
      >
        Save
      </button>
    );
  }
  return (
    <span class="sql-save">
      <input
        aria-label="Name of the statement"
        placeholder="name"
        maxLength={60}
        value={name}
        ref={(input) => {
          input?.focus();
        }}
        onInput={(event) => {
          setName(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
          if (event.key === 'Escape') setName(undefined);
        }}
      />
      <button type="button" onClick={save}>
        Save
      </button>
    </span>
  );
}
