import type { JSX } from 'preact';
import type { ErrorRecord, ErrorsAnswer } from '@store/page-protocol';
import { count } from '../../format.js';
import type { LookProps } from '../view-props.js';
import { clockTime, Facts, TwoPanes } from './two-panes.js';
import { useAnswer } from './use-answer.js';

const everyMs = 2000;

/** Records that could not become rows, with the reason. */
export function ErrorsLook({ address: { entry }, onLook }: LookProps): JSX.Element {
  const { answer, problem } = useAnswer<ErrorsAnswer>('api/data/errors', {}, everyMs);
  const records = answer?.records ?? [];
  const chosen = records.find(({ id }) => id === entry);
  return (
    <>
      <div class="data-bar">
        <small>
          {answer === undefined
            ? (problem ?? 'Looking…')
            : `${count(records.length)} ${records.length === 1 ? 'record' : 'records'}${answer.waiting === undefined || answer.waiting === 0 ? '' : `, ${count(answer.waiting)} on their way here`}`}
        </small>
        <button
          type="button"
          onClick={() => {
            onLook({ look: 'send' });
          }}
        >
          Send a record
        </button>
      </div>
      <TwoPanes
        name="Error output"
        head={[{ title: 'Arrived' }, { title: 'Code' }, { title: 'Reason' }]}
        rows={records.map((record) => ({
          id: record.id,
          cells: [
            clockTime(record.arrivedAt),
            <span class="data-cut">{record.code}</span>,
            <span class="data-cut">{record.reason}</span>,
          ],
        }))}
        empty="The error output is empty: every record became rows."
        chosen={entry}
        onChoose={(id) => {
          onLook({ look: 'errors', entry: id });
        }}
      >
        {chosen === undefined ? (
          <p class="data-empty">Choose a record to see it decoded.</p>
        ) : (
          <ErrorDetails record={chosen} />
        )}
      </TwoPanes>
    </>
  );
}

/** Why a record is in the error output, and the record. */
export function ErrorDetails({ record }: { readonly record: ErrorRecord }): JSX.Element {
  return (
    <>
      <Facts
        facts={[
          ['Code', record.code],
          ['Reason', record.reason],
          ['Kind', record.type],
          ['Object', record.id],
        ]}
      />
      <h2>The record, decoded</h2>
      <pre>{record.record}</pre>
    </>
  );
}
