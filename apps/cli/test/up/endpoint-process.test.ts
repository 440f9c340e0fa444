import { expect, onTestFinished, test } from 'vitest';
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
