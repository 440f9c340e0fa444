import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromFileName, platformOf, toFileName } from '../src/index.js';

const systems = ['linux', 'darwin', 'win32'] as const;

test.each(systems)('on %s every text has a legal name of its own, which gives the text back', (system) => {
  const platform = platformOf(system);
  const legal =
    system === 'win32'
      ? // eslint-disable-next-line no-control-regex -- control characters are among what Windows forbids
        /^(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[^<>:"/\\|?*\0-\x1f]*[^<>:"/\\|?*\0-\x1f. ]$/i
      : /^(?!\.{1,2}$)[^/\0]+$/s;
  const texts =
    system === 'win32'
      ? fc.string({ unit: 'binary-ascii', maxLength: 20 })
      : // A slash never is in one segment of a key; an escape that somebody wrote by hand is left as it is.
        fc.string({ maxLength: 20 }).filter((text) => !/[/\0%]/.test(text));
  fc.assert(
    fc.property(texts, (text) => {
      const name = toFileName(text, platform);
      expect(name).toMatch(legal);
      expect(fromFileName(name, platform)).toBe(text);
    }),
    {
      examples: ['', '.', '..', 'CON', 'nul.txt', 'com1', 'a.', 'a ', 'at=08:00', 'plain'].map((text) => [
        text,
      ]),
    },
  );
});

test('names that Linux and macOS take stay as they are', () => {
  for (const system of ['linux', 'darwin'] as const) {
    for (const text of ['datehour=2026-01-05-08', 'at=08:00', 'CON', 'a ', 'ü']) {
      expect(toFileName(text, platformOf(system))).toBe(text);
    }
  }
});

test('what a system lacks is decided in one place', () => {
  expect(systems.map((system) => platformOf(system))).toMatchObject([
    { syncsFolders: true, lock: 'socket-file', abstractSockets: true, socketPathBytes: 107, signals: true },
    {
      syncsFolders: true,
      lock: 'socket-file',
      abstractSockets: false,
      socketPathBytes: 103,
      caseBlind: true,
    },
    { syncsFolders: false, lock: 'named-pipe', abstractSockets: false, signals: false, caseBlind: true },
  ]);
});
