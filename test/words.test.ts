import { describe, expect, test } from 'vitest';
import { files, read } from './repository.js';

/** A way to put things that reads as a translation, an old book or a riddle, and the plain words for it. */
interface Phrase {
  /** Where a blank is, a line break with the mark of a comment may be, too. */
  readonly pattern: string;
  readonly better: string;
}

const place =
  '(in(?! for\\b| front\\b)|on|under|beside|below|at|here|there|with|between|before|after|behind|above)';

const phrases: readonly Phrase[] = [
  { pattern: 'shall', better: 'must, or will' },
  { pattern: 'mend(s|ed|ing)?', better: 'fix' },
  { pattern: 'but for', better: 'except' },
  { pattern: 'save for', better: 'except' },
  { pattern: `(lie|lies|lay) ${place}`, better: 'is in, is on, …' },
  { pattern: `(stand|stands|stood) ${place}`, better: 'is in, is on, …; depends on' },
  { pattern: '(stand|stands) (twice|once|first|last)', better: 'appears twice, comes first' },
  { pattern: 'for ever', better: 'always, forever, without end' },
  { pattern: '(?<!looked )at once', better: 'immediately; at the same time; together' },
  { pattern: '(?<!as time )(go|goes|going|gone|went) on(?! sale)', better: 'continues, resumes' },
  { pattern: 'given up', better: 'failed; abandoned' },
  { pattern: 'so many', better: 'this many; the number' },
  { pattern: '(anew|afresh)', better: 'again; rebuilt, rewritten' },
  {
    pattern:
      '(is|be|was|kept|read|written|taken|arrives|comes|stays?) whole(?! (number|case|unit|hour|day|thousandth)s?)',
    better: 'complete; in full',
  },
  { pattern: 'whole or (not|in part)', better: 'completely or not at all' },
  { pattern: 'what waits', better: 'waiting records; what is waiting' },
  { pattern: 'what (was|it has) (taken|accepted)', better: 'accepted events, accepted records' },
  { pattern: 'others of (its|the|a|which)', better: 'the rest of, the other …' },
  { pattern: 'unless told', better: 'default: …; unless stated' },
  { pattern: 'look before you leap', better: 'preview the changes' },
  { pattern: 'be the trucks', better: 'simulate the trucks' },
  { pattern: 'asks? (the trucks|(no|a) (second )?truck)', better: 'sends a restock request' },
  { pattern: '(part|parts|parted) ways', better: 'differ' },
  { pattern: '(is|are|was|were) lived', better: 'simulated' },
  { pattern: 'as one piece', better: 'as a unit' },
  { pattern: 'say more', better: 'verbose output' },
  { pattern: 'the stores are open', better: 'Live page' },
  { pattern: 'the world has ended', better: 'end of the simulation' },
  { pattern: 'must pass at once', better: 'to skip … in a test' },
  { pattern: 'be always', better: 'is always; nullable: no' },
  { pattern: 'nobody answers', better: 'no service answers' },
  { pattern: 'dies at once', better: 'is killed' },
  { pattern: '(tells|told) (its|their) owner', better: 'reports; calls back' },
  { pattern: 'lent:? (until|valid)', better: 'valid until' },
  { pattern: 'without a word', better: 'silently' },
  { pattern: 'the way they take', better: 'the path of …' },
  {
    pattern: '(hence|thence|whence|thereby|therein|whilst|amongst|lest)',
    better: 'so, by that, in it, while, among',
  },
];

/** Texts of others that we repeat as they are. */
const quoted: Readonly<Record<string, string>> = {
  'packages/emulator/src/s3/tags.ts': "S3's own message",
};

/** A blank of a phrase: in a comment it may be the end of a line. */
const blank = String.raw`(?:[ \t]+|[ \t]*\n[ \t]*(?:\*|//|>)?[ \t]*)`;
const compiled = phrases.map(({ pattern, better }) => ({
  better,
  // Only words: names of the code have no blanks, and its one-word names are none of these.
  pattern: new RegExp(String.raw`(?<![\w-])(?:${pattern.replaceAll(' ', blank)})(?![\w-])`, 'gi'),
}));

/** What the lint says of a text: a line for each phrase, with the words to use. */
function complaints(path: string, text: string): readonly string[] {
  return compiled.flatMap(({ pattern, better }) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${path}:${line}: "${found.replaceAll(/\s+(\*|\/\/|>)?\s*/g, ' ')}": ${better}`;
    }),
  );
}

test('pages, help, errors, docstrings and names of tests are plain English', () => {
  const texts = files('.md', '.ts', '.tsx', '.mjs', '.mts', '.html', '.yml').filter(
    (path) => path !== 'test/words.test.ts' && !(path in quoted),
  );
  expect(texts.flatMap((path) => complaints(path, read(path)))).toEqual([]);
});

describe('the lint of words', () => {
  test.each([
    ['A file lies\n * in a folder.', 'a.ts:1: "lies in": is in, is on, …'],
    ['one\ntwo shall be', 'a.ts:2: "shall": must, or will'],
    ['## It goes on', 'a.ts:1: "goes on": continues, resumes'],
  ])('finds %j', (text, complaint) => {
    expect(complaints('a.ts', text)).toEqual([complaint]);
  });

  test.each([
    'a whole number',
    'it stands for a shelf',
    'goes on sale',
    'as time goes on',
    'mendSomething()',
  ])('lets %j pass', (text) => {
    expect(complaints('a.ts', text)).toEqual([]);
  });
});
