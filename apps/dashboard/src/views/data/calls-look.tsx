import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CallAnswer, CallsAnswer } from '@store/page-protocol';
import { bytes, count } from '../../format.js';
import type { LookProps } from '../view-props.js';
import { clockTime, Facts, TwoPanes } from './two-panes.js';
import { useAnswer } from './use-answer.js';

const everyMs = 1000;

/** Calls to the delivery stream, and the records of each. */
export function CallsLook({ address: { entry }, onLook }: LookProps): JSX.Element {
  const { answer, problem } = useAnswer<CallsAnswer>('api/data/calls', {}, everyMs);
  return (
    <>
      <p class="data-bar">
        <small>
          {answer === undefined
            ? (problem ?? 'Looking…')
            : `${count(answer.made)} PutRecordBatch calls. A record holds many events and is billed in steps of 5 KiB.`}
        </small>
      </p>
      <TwoPanes
        name="Calls"
        head={[
          { title: 'Call' },
          { title: 'Sent at' },
          { title: 'Records', isNumber: true },
          { title: 'Events', isNumber: true },
          { title: 'Bytes', isNumber: true },
          { title: 'Answer' },
        ]}
        rows={(answer?.calls ?? []).map((call) => ({
          id: String(call.number),
          isBad: call.refused > 0,
          cells: [
            count(call.number),
            clockTime(call.at),
            count(call.records),
            count(call.events),
            bytes(call.bytes),
            call.refused === 0 ? `${count(call.durationMs)} ms` : `${count(call.refused)} refused`,
          ],
        }))}
        empty="Nothing was sent yet."
        chosen={entry}
        onChoose={(id) => {
          onLook({ look: 'calls', entry: id });
        }}
      >
        {entry === undefined ? (
          <p class="data-empty">Choose a call to see its records.</p>
        ) : (
          <Call number={entry} />
        )}
      </TwoPanes>
    </>
  );
}

/** Records of a call that are listed at first. */
const few = 20;

function Call({ number }: { readonly number: string }): JSX.Element {
  const { answer, problem } = useAnswer<CallAnswer>('api/data/call', { number }, undefined);
  const [all, setAll] = useState(false);
  if (answer === undefined) return <p class="data-empty">{problem ?? 'Looking…'}</p>;
  const { call, records, text } = answer;
  return (
    <>
      <Facts
        facts={[
          ['Call', count(call.number)],
          ['Answered in', `${count(call.durationMs)} ms`],
          ['Bytes', bytes(call.bytes)],
          ['Billed', bytes(call.billedBytes)],
          ...(call.problem === undefined ? [] : ([['Problem', call.problem]] as const)),
        ]}
      />
      <div class="scroll" tabIndex={0} role="group" aria-label="Records">
        <table>
          <thead>
            <tr>
              <th scope="col">Record</th>
              <th scope="col" class="number">
                Events
              </th>
              <th scope="col" class="number">
                Bytes
              </th>
              <th scope="col" class="number">
                Billed
              </th>
              <th scope="col" class="number">
                Attempts
              </th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {records.slice(0, all ? records.length : few).map((record) => (
              <tr key={record.place}>
                <td>{record.place}</td>
                <td class="number">{count(record.events)}</td>
                <td class="number">{bytes(record.bytes)}</td>
                <td class="number">{bytes(record.billedBytes)}</td>
                <td class="number">{record.attempts}</td>
                <td>{record.recordId === undefined ? (record.problem ?? 'refused') : 'taken'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {records.length > few && !all && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            setAll(true);
          }}
        >
          {`All ${count(records.length)} records`}
        </button>
      )}
      <h2>The first record begins with</h2>
      <pre>{text}</pre>
    </>
  );
}
