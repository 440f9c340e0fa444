import { platformOf } from '@store/durable';
import { expect, test } from 'vitest';
import { cursorPath } from '../../src/ingest/cursor.js';
import { isInside, looksLikeFolder, stopSignals } from '../../src/terminal/platform.js';
import { partitionOf } from '../../src/generate/partitions.js';

test('a command stops by the signals that a platform can send', () => {
  expect(stopSignals(platformOf('linux'))).toEqual(['SIGINT', 'SIGTERM', 'SIGHUP']);
  expect(stopSignals(platformOf('darwin'))).toEqual(['SIGINT', 'SIGTERM', 'SIGHUP']);
  expect(stopSignals(platformOf('win32'))).not.toContain('SIGTERM');
  expect(stopSignals(platformOf('win32'))).toContain('SIGINT');
});

test.each([
  ['linux', 'lake/', true],
  ['linux', 'lake', false],
  // A backslash is part of a name there.
  ['darwin', 'lake\\', false],
  ['win32', 'lake\\', true],
  ['win32', 'lake/', true],
  ['win32', 'C:\\lake', false],
] as const)('on %s the path %s is written as a folder: %s', (platform, path, answer) => {
  expect(looksLikeFolder(path, platformOf(platform))).toBe(answer);
});

test.each([
  ['linux', '/srv/page', '/srv/page/assets/a.js', true],
  ['linux', '/srv/page', '/srv/page-of-another/a.js', false],
  ['linux', '/srv/page', '/srv/page/../secret', false],
  ['linux', '/srv/page', '/srv/page/..hidden', true],
  ['win32', 'C:\\page', 'C:\\page\\assets\\a.js', true],
  ['win32', 'C:\\page', 'c:\\PAGE\\a.js', true],
  ['win32', 'C:\\page', 'D:\\page\\a.js', false],
  ['win32', 'C:\\page', 'C:\\page2\\a.js', false],
] as const)('on %s, inside of %s lies %s: %s', (platform, folder, path, answer) => {
  expect(isInside(folder, path, platformOf(platform))).toBe(answer);
});

test('names that the command gives to files are legal on Windows', () => {
  const source = {
    path: '/data/a:b.ndjson',
    file: '/data/a:b.ndjson',
    format: 'ndjson',
    gzip: false,
  } as const;
  const names = [
    partitionOf('2026-01-05T08:30:00.000Z', 'datehour'),
    partitionOf('2026-01-05T08:30:00.000Z', 'date'),
    cursorPath('/work', source, 'a stream: of "events"?').slice('/work/.store/ingest/'.length),
  ];
  for (const name of names) {
    expect(name).not.toMatch(/[<>:"/\\|?*]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
  }
});
