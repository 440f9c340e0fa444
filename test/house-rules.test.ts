import { describe, expect, test } from 'vitest';
import { files, read } from './repository.js';

const sources = files('.ts', '.tsx').filter((path) => /^(packages|apps)\/[\w-]+\/(src|infra)\//.test(path));
const written = sources.filter((path) => !path.endsWith('.generated.ts'));

/** Classes of errors without codes of ours, each with its reason. */
const otherErrors: Readonly<Record<string, string>> = {
  'apps/dashboard/src/feed.ts': 'what the server of the page answered: its text and its place, on the wire',
  'packages/emulator/src/wire/service-error.ts': 'what AWS answers: its own codes, on the wire',
  'packages/emulator/src/athena/athena-error.ts': 'how a query ended: Athena has its own texts for it',
  'packages/emulator/src/dynamodb/dynamodb-errors.ts':
    'what DynamoDB answers beside its code: the item that is there',
  'packages/emulator/src/query/query-error.ts':
    'how a query ended, within the endpoint: its clients get their own errors',
  'packages/foundation/src/json-parser.ts': 'how a failure leaves the parser; nobody sees it',
  'packages/glue-schema/src/deserializer/java-values.ts': 'why a record goes to the error output',
  'packages/jq/src/code.ts': 'how `first` leaves a compiled expression early; nobody sees it',
};

/** Library files that ask the system for the time, each with its reason. */
const ownTime: Readonly<Record<string, string>> = {
  'packages/durable/src/folder-lock.ts':
    'who holds a folder is a question between processes, which share no clock of ours',
  'packages/emulator/src/query/watchdog.ts':
    'memory of a process is looked at while that process runs for real',
  'packages/emulator/src/wire/request-body.ts': 'how long a socket may be silent is for its kernel to tell',
  'packages/emulator/src/wire/server.ts': 'how long a socket may be silent is for its kernel to tell',
  'packages/emulator/src/wire/listen.ts': 'connections of a server that closes are real',
  'packages/emulator/src/firehose/back-pressure.ts': 'a request is held for real while the disk is behind',
  'packages/emulator/src/firehose/stream-registry.ts': 'a name that no other removed folder has',
};

/** Source files that may have 15 lines of code or fewer: entries of bundles, and concepts that are that small. */
const mostCrumbs = 30;

/** Lines of a file that are neither empty nor comment. */
const codeLines = (path: string): number =>
  read(path)
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line)).length;

/** Text of a file without its comments, for rules that look at code. */
const codeOf = (path: string): string => read(path).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

describe('sources', () => {
  test('no file is longer than 300 lines', () => {
    const long = written
      .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  test('a concept is a file: up to about 250 lines, and few crumbs', () => {
    const long = written.filter((path) => read(path).split('\n').length - 1 > 250);
    expect(long.length / written.length).toBeLessThan(0.04);
    const isCrumb = (path: string): boolean => !/index\.ts$|\.d\.ts$/.test(path) && codeLines(path) <= 15;
    const crumbs = written.filter((path) => path.includes('/src/') && isCrumb(path));
    expect(crumbs.length, crumbs.join('\n')).toBeLessThanOrEqual(mostCrumbs);
  });

  test('names say what a file holds', () => {
    const vague = /(^|\/)(utils?|helpers?|common|shared|misc|types|manager|service|service-utils)(\.tsx?|\/)/;
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

  test('built-in modules are imported at the top: in a bundle, a dynamic import of one has no names', () => {
    expect(written.filter((path) => /\bimport\('node:/.test(codeOf(path)))).toEqual([]);
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

describe('one of each', () => {
  const libraries = written.filter((path) => path.startsWith('packages/') && path.includes('/src/'));
  const packageOf = (path: string): string => path.split('/', 2).join('/');

  test('error codes are UPPER_SNAKE', () => {
    const odd = written.flatMap((path) =>
      [...codeOf(path).matchAll(/type \w*ErrorCode\s*=\s*((?:\s*\|?\s*'[^']*')+)/g)].flatMap(
        ([, union = '']) =>
          [...union.matchAll(/'([^']*)'/g)]
            .map(([, code = '']) => code)
            .filter((code) => !code.startsWith('DataFormatConversion.')) // Firehose's own words
            .filter((code) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(code))
            .map((code) => `${path}: ${code}`),
      ),
    );
    expect(odd).toEqual([]);
  });

  test('a package has one class of errors, with codes', () => {
    const classes = written.flatMap((path) =>
      [...codeOf(path).matchAll(/class (\w+)(?:<[^>]*>)? extends CodedError/g)].map(() => packageOf(path)),
    );
    expect(classes.filter((owner, at) => classes.indexOf(owner) !== at)).toEqual([]);
    const others = written.filter(
      (path) =>
        path !== 'packages/foundation/src/error.ts' &&
        !(path in otherErrors) &&
        / extends \w*Error \{/.test(codeOf(path)),
    );
    expect(others).toEqual([]);
  });

  test('only @store/durable makes bytes durable', () => {
    const calls = /\b(fsync|fdatasync|datasync)(Sync)?\b/;
    const found = written.filter((path) => !path.startsWith('packages/durable/') && calls.test(codeOf(path)));
    expect(found).toEqual([]);
  });

  test('libraries take time from a clock', () => {
    // A socket's own limit (`socket.setTimeout`) is no clock of ours.
    const own = /(?<!socket\.)\bsetTimeout\(|\bsetInterval\(|\bDate\.now\(|\bperformance\.now\(|node:timers/;
    const found = libraries.filter(
      (path) => !path.startsWith('packages/foundation/') && own.test(codeOf(path)),
    );
    expect(found.filter((path) => !(path in ownTime))).toEqual([]);
  });

  test('one place says what this machine is', () => {
    const own = /(===|!==|includes\(|startsWith\(|case) ?\(?'(127\.|localhost|::1|\[::1\])/;
    expect(
      written.filter((path) => path !== 'packages/foundation/src/loopback.ts' && own.test(codeOf(path))),
    ).toEqual([]);
  });
});

test('no test is left out or alone', () => {
  const tests = files('.test.ts').filter((path) => path !== 'test/house-rules.test.ts');
  expect(tests.filter((path) => /\b(test|it|describe)\.(only|skip|todo)\(/.test(read(path)))).toEqual([]);
});
