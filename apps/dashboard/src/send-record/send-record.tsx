import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SendAnswer } from '@store/page-protocol';
import { messageOf, post } from '../feed.js';
import { bytes, count } from '../format.js';
import { ErrorDetails } from '../views/data/errors-look.js';
import { Facts } from '../views/data/two-panes.js';
import type { LookProps } from '../views/view-props.js';
import { fill, templates } from './templates.js';

type Sending = 'no' | 'yes' | { readonly answer: SendAnswer } | { readonly problem: string };

/** A template, a button, and where the record went. */
export function SendRecord({ status, onLook }: LookProps): JSX.Element {
  const all = templates();
  const [text, setText] = useState(all[0]?.text ?? '');
  const [sending, setSending] = useState<Sending>('no');
  const send = (): void => {
    setSending('yes');
    const id = (): string => crypto.randomUUID().slice(0, 8);
    post('api/data/send', { data: fill(text, { now: status.at, run: status.run, id }) }).then(
      (answer) => {
        // The parse boundary: the server of this page answers in the protocol's shapes.
        setSending({ answer: answer as SendAnswer });
      },
      (error: unknown) => {
        setSending({ problem: messageOf(error) });
      },
    );
  };
  return (
    <div class="data-panes">
      <div class="data-send">
        <div class="row" role="group" aria-label="Templates">
          {all.map((template) => (
            <button
              key={template.name}
              type="button"
              aria-pressed={text === template.text}
              onClick={() => {
                setText(template.text);
              }}
            >
              {template.name}
            </button>
          ))}
        </div>
        <textarea
          aria-label="Record"
          rows={Math.max(8, text.split('\n').length)}
          spellcheck={false}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        <div class="row">
          <button
            type="button"
            class="primary"
            disabled={sending === 'yes' || text.trim() === ''}
            onClick={send}
          >
            {sending === 'yes' ? 'Sending…' : 'Send the record'}
          </button>
          <small>
            <code>{'{{now}}'}</code>
            {' is the time of the world, '}
            <code>{'{{run}}'}</code>
            {' the run, '}
            <code>{'{{id}}'}</code>
            {' a new id each time'}
          </small>
        </div>
      </div>
      <div class="data-entry" tabIndex={0} role="group" aria-label="What became of it" aria-live="polite">
        <Outcome sending={sending} onLook={onLook} />
      </div>
    </div>
  );
}

interface OutcomeProps {
  readonly sending: Sending;
  readonly onLook: LookProps['onLook'];
}

function Outcome({ sending, onLook }: OutcomeProps): JSX.Element {
  if (sending === 'no') {
    return (
      <p class="data-empty">
        The record goes straight to the delivery stream, and is followed to where it went.
      </p>
    );
  }
  if (sending === 'yes') return <p class="data-empty">Sent; looking for where it went…</p>;
  if ('problem' in sending) {
    return (
      <p class="problem" role="alert">
        {sending.problem}
      </p>
    );
  }
  const { answer } = sending;
  return (
    <>
      <p class={`data-verdict ${answer.went === 'errors' ? 'bad' : answer.went === 'table' ? 'ok' : ''}`}>
        {verdicts[answer.went]}
      </p>
      <Facts
        facts={[
          ['RecordId', <span class="data-name">{answer.recordId}</span>],
          ['Acknowledged in', `${count(answer.durationMs)} ms`],
          ['Bytes', `${bytes(answer.bytes)}, billed ${bytes(answer.billedBytes)}`],
          ...(answer.key === undefined ? [] : ([['Object', answer.key]] as const)),
        ]}
      />
      {answer.error !== undefined && <ErrorDetails record={answer.error} />}
      {answer.went === 'errors' && (
        <button
          type="button"
          onClick={() => {
            onLook({ look: 'errors', entry: answer.error?.id });
          }}
        >
          Show the error output
        </button>
      )}
    </>
  );
}

const verdicts: Readonly<Record<SendAnswer['went'], string>> = {
  table: 'Delivered: its row can be queried.',
  errors: 'Acknowledged, and in the error output: it does not become a row.',
  waiting: 'Acknowledged. It is in neither the table nor the error output yet.',
};
