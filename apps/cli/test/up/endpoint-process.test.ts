import { expect, onTestFinished, test } from 'vitest';
import { EndpointProcess } from '../../src/up/endpoint-process.js';
import { RestartableEndpoint } from '../../src/up/restartable-endpoint.js';
import { temporaryFolder } from '../folder.js';

async function start(): Promise<RestartableEndpoint> {
  const endpoint = await RestartableEndpoint.start(await temporaryFolder());
  onTestFinished(async () => endpoint.close());
  return endpoint;
}

test('a killed endpoint answers again at the same address, with the faults that were on', async () => {
  const endpoint = await start();
  const { url } = endpoint;
  await endpoint.switchFault('throttle', true);
  await endpoint.switchFault('kill', true);
  expect([endpoint.isDown, endpoint.faults]).toEqual([true, ['throttle', 'kill']]);
  await expect(fetch(url)).rejects.toThrow();
  await expect(endpoint.query('select 1')).rejects.toMatchObject({ code: 'ENDPOINT_DOWN' });
  await endpoint.switchFault('kill', false);
  expect([endpoint.isDown, endpoint.faults, endpoint.url]).toEqual([false, ['throttle'], url]);
  expect(await (await fetch(`${url}/_emulator/faults`)).json()).toMatchObject({ refusedRecords: 0.5 });
  expect(await endpoint.query('select 6 * 7 as answer')).toEqual([{ answer: 42 }]);
});

test('an endpoint that is closed while it starts again leaves no process behind, and does not start any more', async () => {
  const endpoint = await start();
  await endpoint.switchFault('kill', true);
  const back = endpoint.switchFault('kill', false);
  await endpoint.close();
  await back;
  await endpoint.switchFault('kill', false);
  expect(endpoint.isDown).toBe(true);
  await expect(fetch(endpoint.url)).rejects.toThrow();
});

test('a process that cannot be started is an error of the start', async () => {
  const { execPath } = process;
  onTestFinished(() => {
    process.execPath = execPath;
  });
  process.execPath = '/nowhere/node';
  const started = EndpointProcess.start(await temporaryFolder(), 0, () => undefined);
  await expect(started).rejects.toMatchObject({ code: 'NO_ENDPOINT', cause: { code: 'ENOENT' } });
});

test('a question that is under way when the endpoint is killed gets an answer: that it is down', async () => {
  const endpoint = await start();
  const question = expect(endpoint.query('select count(*) from range(1000000000000)')).rejects.toMatchObject({
    code: 'ENDPOINT_DOWN',
  });
  await endpoint.switchFault('kill', true);
  await question;
});

test('a wrong statement gets what the engine says, and values that JSON has no word for arrive as text', async () => {
  const endpoint = await start();
  await expect(endpoint.query('nonsense')).rejects.toThrow('syntax error at or near "nonsense"');
  const [row] = await endpoint.query(
    "select 12345678901::bigint as n, timestamp '2026-01-05 08:00' as t, [1] as l",
  );
  expect(row).toMatchObject({ n: 12345678901 });
  expect(typeof row?.t).toBe('string');
});

/** Runs a statement to its end, and gives its columns and rows. */
async function streamed(
  endpoint: RestartableEndpoint,
  sql: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }> {
  let columns: readonly string[] = [];
  const rows: (readonly unknown[])[] = [];
  const sink = {
    columns: (found: readonly { readonly name: string }[]) => {
      columns = found.map(({ name }) => name);
    },
    rows: (some: readonly (readonly unknown[])[]) => {
      rows.push(...some);
    },
  };
  await endpoint.stream(sql, sink, { signal });
  return { columns, rows };
}

test('rows come part by part, all of them, and a result without rows has columns', async () => {
  const endpoint = await start();
  const { rows } = await streamed(endpoint, 'select r from range(100000) t(r) order by r');
  expect([rows.length, rows[0], rows.at(-1)]).toEqual([100_000, [0], [99_999]]);
  const none = await streamed(endpoint, 'select 1 as one, 2 as two where false');
  expect(none).toEqual({ columns: ['one', 'two'], rows: [] });
});

test('a statement that is stopped ends immediately, and neither the endpoint nor the next statement notices', async () => {
  const endpoint = await start();
  // One process more than the endpoint has: were one still at it, nothing would run any more.
  for (let turn = 0; turn < 5; turn++) {
    const stop = new AbortController();
    const running = streamed(endpoint, 'select count(*) from range(1000000000000)', stop.signal);
    const ended = expect(running).rejects.toMatchObject({ code: 'QUERY_FAILED' });
    stop.abort();
    await ended;
  }
  expect(await streamed(endpoint, 'select 6 * 7 as answer')).toEqual({ columns: ['answer'], rows: [[42]] });
  expect(endpoint.isDown).toBe(false);
});

test('a reader that takes no more ends its statement with its own error', async () => {
  const endpoint = await start();
  const full = new Error('The disk is full.');
  const sink = {
    columns: () => undefined,
    rows: () => {
      throw full;
    },
  };
  const { signal } = new AbortController();
  await expect(endpoint.stream('select r from range(5000000) t(r)', sink, { signal })).rejects.toBe(full);
  expect(await endpoint.query('select 1 as one')).toEqual([{ one: 1 }]);
});
