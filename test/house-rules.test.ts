import { describe, expect, test } from 'vitest';
import { files, read } from './repository.js';

const sources = files('.ts', '.tsx').filter((path) => /^(packages|apps)\/[\w-]+\/(src|infra)\//.test(path));
const written = sources.filter((path) => !path.endsWith('.generated.ts'));

describe('sources', () => {
  test('no file is longer than 300 lines', () => {
    const long = written
      .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  test('a file in the middle has at most 80 lines', () => {
    const lengths = written.map((path) => read(path).split('\n').length - 1).sort((a, b) => a - b);
    expect(lengths[lengths.length >> 1]).toBeLessThanOrEqual(80);
  });

  test('names say what a file holds', () => {
    const vague = /(^|\/)(utils?|helpers?|common|shared|misc|types|manager|service-utils)(\.tsx?|\/)/;
    expect(written.filter((path) => vague.test(path))).toEqual([]);
  });

  test('there is no default export and no export of everything', () => {
    // The templates of `store init` hold a user's files as text.
    const code = written.filter((path) => path !== 'apps/cli/src/init/templates.ts');
    expect(code.filter((path) => /^export (default|\*)/m.test(read(path)))).toEqual([]);
  });

  test('no package reaches into another by path', () => {
    expect(written.filter((path) => /from '(\.\.\/)+(packages|apps)\//.test(read(path)))).toEqual([]);
  });

  test('a silenced rule has its reason beside it', () => {
    const silent = written.filter((path) =>
      read(path)
        .split('\n')
        .some((line) => /eslint-disable|@ts-(ignore|expect-error)/.test(line) && !/--\s*\S+/.test(line)),
    );
    expect(silent).toEqual([]);
  });
});

test('no test is left out or alone', () => {
  const tests = files('.test.ts').filter((path) => path !== 'test/house-rules.test.ts');
  expect(tests.filter((path) => /\b(test|it|describe)\.(only|skip|todo)\(/.test(read(path)))).toEqual([]);
});
