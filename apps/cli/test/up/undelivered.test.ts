import { FirehoseError } from '@store/firehose';
import { expect, onTestFinished, test } from 'vitest';
import { startPageServer } from '../../src/up/page-server.js';
import { UndeliveredEvents } from '../../src/up/undelivered.js';
import { temporaryFolder } from '../folder.js';
import { pretendBackend } from './pretend-backend.js';

test('what could not be delivered is a file to keep, in the order in which it failed', async () => {
  const folder = await temporaryFolder();
  const undelivered = new UndeliveredEvents(folder);
  const backend = pretendBackend(1, 1);
  const server = await startPageServer(0, folder, { ...backend, routes: [undelivered.route] });
  onTestFinished(async () => {
    backend.stop();
    await server.close();
  });
  const url = new URL('/api/undelivered', server.url);
  const none = await fetch(url);
  expect([none.status, await none.json()]).toEqual([404, { error: 'No event is undelivered.' }]);
  const error = new FirehoseError('DEADLINE_EXCEEDED', 'Tried for an hour.');
  for (const lines of ['{"event_id":"1"}\n{"event_id":"2"}\n', '{"event_id":"3"}\n'])
    await undelivered.take([{ data: Buffer.from(lines), events: 1, ambiguous: false, error }]);
  const kept = await fetch(url);
  expect(kept.headers.get('content-disposition')).toBe('attachment; filename="undelivered.ndjson"');
  expect(await kept.text()).toBe('{"event_id":"1"}\n{"event_id":"2"}\n{"event_id":"3"}\n');
});
