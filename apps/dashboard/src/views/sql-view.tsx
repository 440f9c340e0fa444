import './sql/sql.css';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SchemaAnswer, SqlAnswer } from '@store/page-protocol';
import { olderRun } from '../bar/run-choice.js';
import { getJson, messageOf, post, ServerError } from '../feed.js';
import { download } from './sql/download.js';
import { Editor } from './sql/editor.js';
import {
  addToHistory,
  forgetStatement,
  readHistory,
  readSaved,
  saveStatement,
} from './sql/kept-statements.js';
import { HistoryList, SaveAs, StatementList } from './sql/kept-lists.js';
import { OutcomeView, rowsText, time, type ErrorPlace, type Outcome } from './sql/outcome.js';
import { packText, unpackText } from './sql/pack-text.js';
import { SchemaTree } from './sql/schema-tree.js';
import { offsetOf, placeOf, splitStatements, type Statement } from './sql/statements.js';
import type { ViewProps } from './view-props.js';

const noSchema: SchemaAnswer = { tables: [] };
/** The address follows what is written once the writing rests. */
const restMs = 400;

/** SQL over the lake: what there is, a box for statements, and what came of them. */
export function SqlView({ feed: { queries }, status, address, go }: ViewProps): JSX.Element {
  const { sql: packed } = address;
  const ofRun = olderRun(address, status);
  const [schema, setSchema] = useState(noSchema);
  const [text, setText] = useState('');
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [history, setHistory] = useState(readHistory);
  const [saved, setSaved] = useState(readSaved);
  const [problem, setProblem] = useState<string>();
  const box = useRef<HTMLTextAreaElement>(null);
  const running = useRef<AbortController | undefined>(undefined);
  /** What this view itself put into the address. */
  const written = useRef<string | undefined>(undefined);
  /** Counts runs: what comes back from an earlier one is of no matter any more. */
  const turn = useRef(0);
  const isEmpty = text.trim() === '';
  const isRunning = outcomes.some(({ state }) => state.kind === 'running');

  useEffect(() => {
    const leave = new AbortController();
    getJson('api/schema', {}, leave.signal).then(
      (answer) => {
        setSchema(answer as SchemaAnswer);
      },
      (error: unknown) => {
        if (!leave.signal.aborted) setProblem(messageOf(error));
      },
    );
    return () => {
      leave.abort();
      running.current?.abort();
    };
  }, []);
  useEffect(() => {
    if (packed === undefined || packed === written.current) return;
    void unpackText(packed).then((sql) => {
      if (sql !== undefined) setText(sql);
    });
  }, [packed]);
  useEffect(() => {
    if (text === '') return undefined;
    const timer = setTimeout(() => {
      void packText(text).then((next) => {
        if (next === written.current) return;
        written.current = next;
        go({ sql: next }, 'replace');
      });
    }, restMs);
    return () => {
      clearTimeout(timer);
    };
  }, [text, go]);

  const set = (index: number, of: number, state: Outcome['state']): void => {
    if (of !== turn.current) return;
    setOutcomes((before) => before.map((outcome, at) => (at === index ? { ...outcome, state } : outcome)));
  };
  const runOne = async ({ sql, start }: Statement, index: number, explain: boolean): Promise<boolean> => {
    const startedAt = Date.now();
    const own = turn.current;
    const stop = (running.current = new AbortController());
    const prefix = explain ? 'explain ' : '';
    setOutcomes((before) => [...before, { sql, startedAt, state: { kind: 'running' } }]);
    try {
      const answer = (await post('api/query', { sql: prefix + sql, run: ofRun }, stop.signal)) as SqlAnswer;
      set(index, own, { kind: 'done', answer });
      if (!explain) setHistory(note(sql, `${rowsText(answer)} · ${time(answer.elapsedMs)}`, false));
      return true;
    } catch (error) {
      if (stop.signal.aborted) {
        set(index, own, { kind: 'cancelled', afterMs: Date.now() - startedAt });
        setHistory(note(sql, 'cancelled', false));
      } else {
        const message = messageOf(error);
        const place = errorPlace(error, prefix.length, sql, start, box.current?.value ?? '');
        set(index, own, { kind: 'failed', message, ...(place === undefined ? {} : { place }) });
        setHistory(note(sql, message.split(':')[0] ?? '', true));
      }
      return false;
    }
  };
  const run = async (source: string, explain = false): Promise<void> => {
    running.current?.abort();
    turn.current += 1;
    setProblem(undefined);
    setOutcomes([]);
    for (const [index, statement] of splitStatements(source).entries()) {
      if (!(await runOne(statement, index, explain))) return;
    }
  };
  const show = (sql: string): void => {
    setText(sql);
    void run(sql);
  };
  const onPlace = ({ offset }: ErrorPlace): void => {
    box.current?.focus();
    box.current?.setSelectionRange(offset, offset + 1);
  };
  const onName = (name: string): void => {
    const area = box.current;
    if (area === null) return;
    area.setRangeText(name, area.selectionStart, area.selectionEnd, 'end');
    setText(area.value);
    area.focus();
  };
  const onSave = (sql: string, format: 'csv' | 'parquet'): void => {
    download({ sql, format, run: ofRun }).then(
      () => {
        setProblem(undefined);
      },
      (error: unknown) => {
        setProblem(messageOf(error));
      },
    );
  };
  return (
    <section class="panel sql-bench" aria-label="SQL workbench">
      <div class="sql-side">
        <h2>Schema</h2>
        <SchemaTree schema={schema} run={ofRun} counted={history.length} onName={onName} />
        <h2>Named</h2>
        <StatementList items={queries} onPick={show} />
        <h2>Saved here</h2>
        <StatementList
          items={saved}
          onPick={setText}
          onForget={(name) => {
            setSaved(forgetStatement(name));
          }}
        />
      </div>
      <div class="sql-middle">
        <h2>Statement</h2>
        <Editor box={box} value={text} schema={schema} onInput={setText} onRun={() => void run(text)} />
        <div class="sql-actions">
          <button
            type="button"
            class="primary"
            disabled={isRunning || isEmpty}
            onClick={() => void run(text)}
          >
            {'Run '}
            <kbd>Ctrl Enter</kbd>
          </button>
          <button type="button" disabled={!isRunning} onClick={() => running.current?.abort()}>
            Cancel
          </button>
          <button type="button" disabled={isRunning || isEmpty} onClick={() => void run(text, true)}>
            Explain
          </button>
          <SaveAs
            disabled={isEmpty}
            onName={(name) => {
              setSaved(saveStatement({ name, sql: text }));
            }}
          />
        </div>
        {problem !== undefined && (
          <div class="sql-error" role="alert">
            <pre>{problem}</pre>
          </div>
        )}
        <div class="sql-outcomes" aria-live="polite" aria-busy={isRunning}>
          {outcomes.length === 0 && (
            <p class="sql-note">Write a statement, or press a named one. Its rows come here.</p>
          )}
          {outcomes.map((outcome, index) => (
            <OutcomeView
              key={index}
              outcome={outcome}
              statement={outcomes.length === 1 ? undefined : `statement ${index + 1}`}
              onPlace={onPlace}
              onSave={onSave}
            />
          ))}
        </div>
      </div>
      <div class="sql-side sql-history">
        <h2>History</h2>
        <HistoryList entries={history} onPick={setText} />
      </div>
    </section>
  );
}

function note(sql: string, outcome: string, failed: boolean): ReturnType<typeof addToHistory> {
  return addToHistory({ sql, at: Date.now(), outcome, failed });
}

/** Place of an error in the box, while the statement still is there; `prefix` characters were sent before it. */
function errorPlace(
  error: unknown,
  prefix: number,
  sql: string,
  start: number,
  text: string,
): ErrorPlace | undefined {
  if (!(error instanceof ServerError) || error.answer.line === undefined) return undefined;
  const { line, column } = error.answer;
  if (text.slice(start, start + sql.length) !== sql) return undefined;
  const inSql = offsetOf(
    sql,
    line,
    line === 1 && column !== undefined ? Math.max(1, column - prefix) : column,
  );
  return { offset: start + inSql, ...placeOf(text, start + inSql) };
}
