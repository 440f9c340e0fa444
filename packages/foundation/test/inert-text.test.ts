import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inertText } from '@store/foundation';

test('what a terminal would obey is written out', () => {
  expect(inertText('a\u001b[2J\u001b]0;x\u0007b\u009bc\r\n\td\u007f')).toBe(
    String.raw`a\x1b[2J\x1b]0;x\x07b\x9bc\r\n\td\x7f`,
  );
  expect(inertText('\u202eevil\u2028x\ufeff\ud800')).toBe(String.raw`\u202eevil\u2028x\ufeff\ud800`);
  expect(inertText('Åse 漢字 😀 \\n')).toBe('Åse 漢字 😀 \\n');
});

test('a longer text is cut between characters', () => {
  expect(inertText('abcdef', 3)).toBe('abc…');
  expect(inertText('ab😀', 3)).toBe('ab…');
  expect(inertText('abc', 3)).toBe('abc');
});

test('whatever comes, the text is one line without a control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(inertText(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
