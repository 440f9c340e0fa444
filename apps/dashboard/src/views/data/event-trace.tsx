import type { JSX } from 'preact';
import type { PassedEvent, RequestRow, TraceAnswer } from '@store/page-protocol';
import { bytes, count } from '../../format.js';
import type { LookProps } from '../view-props.js';
import { useAnswer } from './use-answer.js';

/** What the trace needs. */
export interface EventTraceProps extends LookProps {
  readonly event: PassedEvent['event'];
}

const everyMs = 2000;

/** An event, the record that carried it, its file, and the request for its shelf. */
export function EventTrace({ event, onLook }: EventTraceProps): JSX.Element {
  const text = (name: string): string => fieldText(event, name);
  const { answer } = useAnswer<TraceAnswer>(
    'api/data/trace',
    {
      event: text('event_id'),
      time: text('event_time'),
      store: text('store_id'),
      product: text('product_id'),
      run: String(Number(event.run ?? 1)),
    },
    everyMs,
  );
  return (
    <>
      <pre>{JSON.stringify(event, null, 2)}</pre>
      <ul class="data-way" aria-label="Where it went">
        {answer === undefined ? (
          <li>Looking…</li>
        ) : (
          <>
            <li>{recordLine(answer, onLook)}</li>
            <li>{objectLine(answer, onLook)}</li>
            <li>{requestLine(answer.request, text('product_name'), onLook)}</li>
          </>
        )}
      </ul>
    </>
  );
}

/** A field of an event that is text; empty where it is none. */
export function fieldText(event: PassedEvent['event'], name: string): string {
  const value = event[name];
  return typeof value === 'string' ? value : '';
}

function recordLine({ record: found }: TraceAnswer, onLook: LookProps['onLook']): JSX.Element {
  if (found === undefined) return <>It waits to be sent, or the call that carried it is not kept any more.</>;
  const { call, record } = found;
  return (
    <>
      {'Sent in '}
      <button
        type="button"
        class="data-link"
        onClick={() => {
          onLook({ look: 'calls', entry: String(call.number) });
        }}
      >
        {`record ${record.place} of call ${count(call.number)}`}
      </button>
      {`: ${count(record.events)} ${record.events === 1 ? 'event' : 'events'}, ${bytes(record.bytes)}, billed ${bytes(record.billedBytes)}, ${count(record.attempts)} ${record.attempts === 1 ? 'attempt' : 'attempts'}, ${record.recordId === undefined ? `refused: ${record.problem ?? ''}` : `acknowledged in ${count(call.durationMs)} ms`}.`}
    </>
  );
}

function objectLine({ object }: TraceAnswer, onLook: LookProps['onLook']): JSX.Element {
  if (object === undefined) return <>No row of it can be queried yet.</>;
  if (!object.isWritten) return <>{`Can be queried, and will be in ${object.key}.`}</>;
  return (
    <>
      {'Is in '}
      <button
        type="button"
        class="data-link"
        onClick={() => {
          onLook({ look: 'files', entry: object.key });
        }}
      >
        {object.key}
      </button>
      .
    </>
  );
}

function requestLine(
  request: RequestRow | undefined,
  product: string,
  onLook: LookProps['onLook'],
): JSX.Element {
  if (request === undefined) return <>{`No truck was asked for ${product} in this store.`}</>;
  return (
    <>
      {'Newest request for this shelf: '}
      <button
        type="button"
        class="data-link"
        onClick={() => {
          onLook({ look: 'requests', entry: request.id });
        }}
      >
        {`${count(request.quantity)} units, ${stateWords[request.state]}`}
      </button>
      {request.load === undefined ? '.' : `, by truck ${request.load}.`}
    </>
  );
}

/** What is said of a request's state. */
export const stateWords: Readonly<Record<RequestRow['state'], string>> = {
  asked: 'asked for',
  acknowledged: 'taken by the trucks',
  on_the_way: 'on the way',
  delivered: 'delivered',
  cancelled: 'cancelled',
};
