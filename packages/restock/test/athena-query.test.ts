import { createVirtualClock } from '@store/foundation';
import { expect, test } from 'vitest';
import { runAthenaQuery, type AthenaClient } from '../src/index.js';

const row = (...values: readonly (string | undefined)[]): object => ({
  Data: values.map((VarCharValue) => ({ VarCharValue })),
});

/** Athena with a query that is in each of these states in turn, the last one for good. */
function athena(...states: readonly string[]): { readonly client: AthenaClient; readonly calls: string[] } {
  const calls: string[] = [];
  const columns = [
    { Name: 'n', Type: 'integer' },
    { Name: 'word', Type: undefined },
  ];
  let looks = 0;
  const client: AthenaClient = {
    startQueryExecution({ ClientRequestToken }) {
      calls.push(`start ${ClientRequestToken ?? ''}`);
      return Promise.resolve({ QueryExecutionId: 'q' });
    },
    getQueryExecution() {
      const State = states[Math.min(looks++, states.length - 1)];
      const Status = { State, StateChangeReason: 'TABLE_NOT_FOUND' };
      return Promise.resolve({ QueryExecution: { Status, Statistics: { DataScannedInBytes: 1000 } } });
    },
    getQueryResults({ NextToken }) {
      const ResultSetMetadata = { ColumnInfo: columns };
      return Promise.resolve(
        NextToken === undefined
          ? { ResultSet: { Rows: [row('n', 'word'), row('1', 'a')], ResultSetMetadata }, NextToken: 'more' }
          : // Only the first page has a heading.
            { ResultSet: { Rows: [row('2', undefined)], ResultSetMetadata } },
      );
    },
    stopQueryExecution() {
      calls.push('stop');
      return Promise.resolve({});
    },
  };
  return { client, calls };
}

test('every page of a query is read, its heading once', async () => {
  const { client, calls } = athena('QUEUED', 'RUNNING', 'SUCCEEDED');
  const clientRequestToken = 'x'.repeat(32);
  const options = { database: 'store', clientRequestToken, firstWaitMs: 0 };
  expect(await runAthenaQuery(client, 'select', options)).toEqual({
    queryId: 'q',
    scannedBytes: 1000,
    columns: [
      { name: 'n', type: 'integer' },
      { name: 'word', type: 'varchar' },
    ],
    rows: [
      ['1', 'a'],
      ['2', null],
    ],
  });
  expect(calls).toEqual([`start ${clientRequestToken}`]);
});

test.each(['UTILITY', 'DDL'])('rows of a statement of the type %s have no heading', async (StatementType) => {
  const { client } = athena('SUCCEEDED');
  const typed: AthenaClient = {
    ...client,
    getQueryExecution: () =>
      Promise.resolve({ QueryExecution: { StatementType, Status: { State: 'SUCCEEDED' } } }),
    getQueryResults: () => Promise.resolve({ ResultSet: { Rows: [row('orders'), row('parcels')] } }),
  };
  const { rows } = await runAthenaQuery(typed, 'show tables', { database: 'store' });
  expect(rows).toEqual([['orders'], ['parcels']]);
});

test.each([
  ['FAILED', 'QUERY_FAILED', 'The query failed: TABLE_NOT_FOUND'],
  ['CANCELLED', 'QUERY_CANCELLED', 'The query was cancelled: TABLE_NOT_FOUND'],
])('a query that is %s gives its reason and id', async (state, code, message) => {
  const query = runAthenaQuery(athena(state).client, 'select', { database: 'store' });
  await expect(query).rejects.toMatchObject({ name: 'RestockError', code, message, queryId: 'q' });
});

test('a query whose time is up is stopped once, in the middle of a wait', async () => {
  const { client, calls } = athena('RUNNING');
  const stop = new AbortController();
  // A clock that stands still: only the signal ends the wait.
  const clock = createVirtualClock();
  const query = runAthenaQuery(client, 'select', { database: 'store', signal: stop.signal, clock });
  queueMicrotask(() => {
    stop.abort();
  });
  await expect(query).rejects.toMatchObject({ code: 'QUERY_STOPPED', queryId: 'q' });
  expect(calls).toEqual(['start ', 'stop']);
});

test('a query that cannot be stopped is one whose time is up all the same, with the reason', async () => {
  const { client } = athena('RUNNING');
  const stop = new AbortController();
  const denied = new Error('athena:StopQueryExecution is denied');
  const query = runAthenaQuery({ ...client, stopQueryExecution: () => Promise.reject(denied) }, 'select', {
    database: 'store',
    signal: stop.signal,
    clock: createVirtualClock(),
  });
  queueMicrotask(() => {
    stop.abort();
  });
  await expect(query).rejects.toMatchObject({ code: 'QUERY_STOPPED', queryId: 'q', cause: denied });
});

test('a query whose time is up already is not started', async () => {
  const { client, calls } = athena('SUCCEEDED');
  const query = runAthenaQuery(client, 'select', { database: 'store', signal: AbortSignal.abort() });
  await expect(query).rejects.toMatchObject({ code: 'QUERY_STOPPED', queryId: undefined });
  expect(calls).toEqual([]);
});

test('no page is read when time is up', async () => {
  const { client } = athena('SUCCEEDED');
  const stop = new AbortController();
  let pages = 0;
  const paged: AthenaClient = {
    ...client,
    getQueryResults(input) {
      pages += 1;
      stop.abort();
      return client.getQueryResults(input);
    },
  };
  const query = runAthenaQuery(paged, 'select', { database: 'store', signal: stop.signal });
  await expect(query).rejects.toMatchObject({ code: 'QUERY_STOPPED', queryId: 'q' });
  expect(pages).toBe(1);
});

test.each([
  [{ database: 'store', workgroup: 'w' }, 'Did you mean `workGroup`?'],
  [{ database: 'store', clientRequestToken: 'short' }, 'Expected `clientRequestToken` to be 32 to 128'],
  [{}, 'Expected `database` to be text'],
])('options are checked: %j', async (options, message) => {
  const query = runAthenaQuery(athena('SUCCEEDED').client, 'select', options as { database: string });
  await expect(query).rejects.toThrow(message);
});
