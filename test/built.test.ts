import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished, test, expect } from 'vitest';
import { isBuilt, noteBuild } from '../scripts/built.mjs';

/** A workspace with one package, which is built. */
function builtWorkspace(): { at: string; write: (path: string, text?: string) => void } {
  const at = mkdtempSync(join(tmpdir(), 'store-built-'));
  onTestFinished(() => {
    rmSync(at, { recursive: true, force: true });
  });
  const write = (path: string, text = ''): void => {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text);
  };
  for (const name of ['tsconfig.base.json', 'tsup.config.ts', 'pnpm-lock.yaml', 'turbo.json']) write(name);
  write('apps/one/src/main.ts');
  write('packages/two/src/index.ts');
  expect(
    noteBuild(
      ['one'],
      () => {
        write('apps/one/dist/main.js');
        return 0;
      },
      at,
    ),
  ).toBe(0);
  return { at, write };
}

test('nothing is built again while no file changes', () => {
  const { at, write } = builtWorkspace();
  expect(isBuilt(['one'], at)).toBe(true);
  expect(isBuilt(['two'], at)).toBe(false);
  write('apps/one/README.md', 'another');
  write('apps/one/test/main.test.ts', 'another');
  write('packages/two/node_modules/x/index.js', 'another');
  expect(isBuilt(['one'], at)).toBe(true);
});

test.each([
  ['a source of another package', 'packages/two/src/index.ts'],
  ['a file that is new', 'packages/two/src/new.ts'],
  ['what was built', 'apps/one/dist/main.js'],
  ['the lock file', 'pnpm-lock.yaml'],
])('%s that changes is built', (_, path) => {
  const { at, write } = builtWorkspace();
  write(path, 'another');
  expect(isBuilt(['one'], at)).toBe(false);
});

test('a file of the same size, an older one too, is another file', () => {
  const { at } = builtWorkspace();
  utimesSync(join(at, 'apps/one/src/main.ts'), 1, 1);
  expect(isBuilt(['one'], at)).toBe(false);
});

test('what was built and deleted is built', () => {
  const { at } = builtWorkspace();
  rmSync(join(at, 'apps/one/dist'), { recursive: true });
  expect(isBuilt(['one'], at)).toBe(false);
});

test('a build that failed, or whose sources changed while it ran, is not remembered', () => {
  const { at, write } = builtWorkspace();
  expect(noteBuild(['two'], () => 1, at)).toBe(1);
  expect(isBuilt(['two'], at)).toBe(false);
  const touch = (): number => {
    write('apps/one/src/main.ts', 'while it ran');
    return 0;
  };
  expect(noteBuild(['two'], touch, at)).toBe(0);
  expect(isBuilt(['two'], at)).toBe(false);
});
