import type { JSX } from 'preact';
import type { RequestRow, RequestsAnswer } from '@store/page-protocol';
import { count } from '../../format.js';
import type { LookProps } from '../view-props.js';
import { stateWords } from './event-trace.js';
import { clockTime, Facts, Shelf, TwoPanes } from './two-panes.js';
import { useAnswer } from './use-answer.js';

const everyMs = 1000;
const states = ['asked', 'acknowledged', 'on_the_way', 'delivered', 'cancelled'] as const;

/** The queue of the trucks, and what became of each request. */
export function RequestsLook({ address: { entry }, onLook, go }: LookProps): JSX.Element {
  const { answer, problem } = useAnswer<RequestsAnswer>('api/data/requests', {}, everyMs);
  const requests = answer?.requests ?? [];
  const chosen = requests.find(({ id }) => id === entry);
  return (
    <>
      <p class="data-bar">
        <small>{answer === undefined ? (problem ?? 'Looking…') : queueText(answer)}</small>
      </p>
      <TwoPanes
        name="Restock requests"
        head={[
          { title: 'Asked' },
          { title: 'Shelf' },
          { title: 'Units', isNumber: true },
          { title: 'State' },
          { title: 'Truck' },
        ]}
        rows={requests.map((request) => ({
          id: request.id,
          cells: [
            clockTime(request.at.asked ?? ''),
            <Shelf product={request.productName} store={request.storeName} />,
            count(request.quantity),
            stateWords[request.state],
            <span class="data-cut">{request.load}</span>,
          ],
        }))}
        empty="Nothing was asked for yet."
        chosen={entry}
        onChoose={(id) => {
          onLook({ look: 'requests', entry: id });
        }}
      >
        {chosen === undefined ? (
          <p class="data-empty">Choose a request to see its way.</p>
        ) : (
          <Request
            request={chosen}
            onShelf={() => {
              go({ view: 'live', shelf: `${chosen.storeId}/${chosen.productId}` });
            }}
          />
        )}
      </TwoPanes>
    </>
  );
}

function queueText({ queue, asked }: RequestsAnswer): string {
  const all = `${count(asked)} requests since the start.`;
  if (queue === undefined) return `The endpoint is down. ${all}`;
  return `${count(queue.waiting)} wait in the queue, ${count(queue.taken)} are received and not deleted yet. ${all}`;
}

interface RequestProps {
  readonly request: RequestRow;
  readonly onShelf: () => void;
}

function Request({ request, onShelf }: RequestProps): JSX.Element {
  return (
    <>
      <p class="data-name">{request.id}</p>
      <Facts
        facts={[
          ['Shelf', `${request.productName}, ${request.storeName}`],
          ['Units', count(request.quantity)],
          ...(request.load === undefined ? [] : ([['Truck', request.load]] as const)),
          ...states.flatMap((state) => {
            const at = request.at[state];
            return at === undefined ? [] : [[stateWords[state], clockTime(at)] as const];
          }),
        ]}
      />
      <button type="button" onClick={onShelf}>
        Show the shelf
      </button>
    </>
  );
}
