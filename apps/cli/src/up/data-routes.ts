import { CliError } from '../terminal/errors.js';
import type { DataDesk } from './data-desk.js';
import { readErrors } from './data-errors.js';
import { readFilter, type EventRing } from './data-events.js';
import type { WireLog } from './data-wire.js';
import type { PageRoute, RouteAnswer } from './page-routes.js';
import type { RecordSender } from './record-sender.js';

/** What the Data view's part of the server works on. */
export interface DataRoutesOptions {
  readonly events: EventRing;
  readonly wire: WireLog;
  readonly desk: DataDesk;
  readonly sender: RecordSender;
  readonly lakeDir: string;
}

/** What the Data view asks for. */
export function dataRoutes({ events, wire, desk, sender, lakeDir }: DataRoutesOptions): readonly PageRoute[] {
  return [
    get('events', (params) =>
      events.newest(numberOf(params, 'after'), readFilter(params.get('filter') ?? ''), runOf(params)),
    ),
    get('calls', (params) => wire.newest(numberOf(params, 'after'))),
    get('call', (params) => wire.call(numberOf(params, 'number'))),
    get('files', async (params) => desk.files(runOf(params))),
    get('file', async (params) => desk.file(params.get('key') ?? '')),
    get('errors', async () => {
      const [records, waiting] = await Promise.all([readErrors(lakeDir), desk.waiting()]);
      if (waiting === undefined) return { records };
      const errors = waiting.buffers.filter(({ kind }) => kind === 'error');
      return { records, waiting: errors.reduce((sum, buffer) => sum + buffer.records, 0) };
    }),
    get('requests', async () => desk.requests()),
    get('trace', async (params, gone) =>
      desk.trace(
        {
          eventId: params.get('event') ?? '',
          eventTime: params.get('time') ?? '',
          storeId: params.get('store') ?? '',
          productId: params.get('product') ?? '',
          run: runOf(params),
        },
        gone,
      ),
    ),
    {
      method: 'POST',
      path: '/api/data/flush',
      answer: async () => {
        await desk.flush();
        return { json: {} };
      },
    },
    {
      method: 'POST',
      path: '/api/data/send',
      answer: async ({ body, gone }) => ({ json: await sender.send(dataOf(body), gone) }),
    },
  ];
}

/** A route that reads; what is not there is 404. */
function get(name: string, read: (params: URLSearchParams, gone: AbortSignal) => unknown): PageRoute {
  return {
    method: 'GET',
    path: `/api/data/${name}`,
    answer: async ({ params, gone }): Promise<RouteAnswer> => {
      const json = await read(params, gone);
      return json === undefined ? { status: 404, json: { error: 'It is not kept any more.' } } : { json };
    },
  };
}

function numberOf(params: URLSearchParams, name: string): number {
  const value = Number(params.get(name) ?? 0);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new CliError('BAD_REQUEST', `Expected \`${name}\` to be a whole number.`);
}

/** The run that is asked for; undefined for any. */
const runOf = (params: URLSearchParams): number | undefined =>
  params.has('run') ? numberOf(params, 'run') : undefined;

function dataOf(body: unknown): string {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
  if (typeof data === 'string' && data !== '') return data;
  throw new CliError('BAD_REQUEST', 'Expected the data of a record.');
}
