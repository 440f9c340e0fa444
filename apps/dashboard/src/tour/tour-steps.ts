import type { LowAnswer, LowStockRow, RequestRow, RequestsAnswer, StatusMessage } from '@store/page-protocol';

/** What a step of the tour looks at: facts that the server has told. */
export interface TourFacts {
  readonly status: StatusMessage;
  /** As it was when the step began. */
  readonly before: StatusMessage;
  readonly requests: RequestsAnswer | undefined;
  /** Shelves that fell short last. */
  readonly low: LowAnswer | undefined;
  /** Shelf that the tour follows, `store_id/product_id`. */
  readonly shelf: string | undefined;
  /** As it was when the endpoint came back, where it was down since the step began. */
  readonly back: StatusMessage | undefined;
}

/** What a step says now, and whether what it waited for has happened. */
export interface TourNews {
  readonly text: string;
  readonly isDone: boolean;
  /** Shelf that the next steps follow. */
  readonly shelf?: string;
}

/** One step of the tour. */
export interface TourStep {
  readonly title: string;
  readonly about: string;
  /** Finds the part of the page that the step is about. */
  readonly selector: string;
  readonly news: (facts: TourFacts) => TourNews;
}

const number = new Intl.NumberFormat('en-US');
const count = (value: number): string => number.format(value);
const keyOf = ({ storeId, productId }: Pick<LowStockRow, 'storeId' | 'productId'>): string =>
  `${storeId}/${productId}`;
const waiting = (text: string): TourNews => ({ text, isDone: false });

const requestOf = ({ requests, shelf }: TourFacts): RequestRow | undefined =>
  requests?.requests.find((request) => keyOf(request) === shelf);

/** The newest row of the list that fell short after the step began. */
function newlyLow({ low, before }: TourFacts): LowStockRow | undefined {
  return low?.rows.find((row) => row.since > before.at);
}

/** The tour: five things that happen in the chain, each of which is waited for. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'A shelf runs low',
    about:
      'Each cell is one product in one store. Pale means well stocked; colour means that someone should act.',
    selector: '#heat',
    news(facts) {
      const row = newlyLow(facts);
      if (row === undefined)
        return waiting('Waiting for the next sale that takes a shelf below its reorder point.');
      const text = `${row.productName} in ${row.storeName} fell to ${count(row.currentStock)}; its reorder point is ${count(row.minThreshold)}.`;
      return { text, isDone: true, shelf: keyOf(row) };
    },
  },
  {
    title: 'One truck is asked for',
    about:
      'The planner finds the shelf by SQL and sends one request for it, whoever notices and however often.',
    selector: '#low',
    news(facts) {
      const request = requestOf(facts);
      if (request === undefined) return waiting('Waiting for the planner, which looks every two seconds.');
      return { text: `One request: ${count(request.quantity)} units.`, isDone: true };
    },
  },
  {
    title: 'Follow one shelf',
    about: 'Sales step the line down, a truck lifts it. What has been ordered is on its way.',
    selector: '#shelf',
    news(facts) {
      const request = requestOf(facts);
      if (request?.state === 'delivered')
        return { text: 'The truck was there: the line went up.', isDone: true };
      if (request?.state !== 'on_the_way') return waiting('Waiting for the truck to leave.');
      return { text: 'The truck is on the way.', isDone: true };
    },
  },
  {
    title: 'See the whole chain',
    about: 'Each part says how it is and how old its news is. Green is earned: it needs a fresh answer.',
    selector: '#chain',
    news({ status, before }) {
      const { rows } = status.lake;
      if (rows < before.producer.accepted || rows === before.lake.rows)
        return waiting('Waiting until SQL sees all that was sent when this step began.');
      return { text: `SQL sees ${count(rows)} rows, all that was sent when this step began.`, isDone: true };
    },
  },
  {
    title: 'Break it and count',
    about: 'Kill the endpoint. Watch “waiting” rise, start it again, and see that nothing is lost.',
    selector: '#strip',
    news({ status, back }) {
      const { pending, failed } = status.producer;
      if (status.chain.endpoint.cause === 'down')
        return waiting(`The endpoint is down and ${count(pending)} events wait. Start it again.`);
      if (back === undefined) return waiting('Waiting for you to kill the endpoint.');
      // The world continues: what counts is what was made until the endpoint came back.
      const missing = back.generated - failed - status.lake.distinctEvents;
      if (missing > 0) return waiting(`It is back. SQL does not see ${count(missing)} events yet.`);
      const text = `SQL sees all ${count(back.generated)} events made until it came back: ${count(failed)} lost.`;
      return { text, isDone: true };
    },
  },
];
