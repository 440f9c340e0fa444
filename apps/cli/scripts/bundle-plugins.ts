import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

const packages = resolve('../../packages');

/** The file behind each name that a package's entry exports. */
function exportsOf(name: string): ReadonlyMap<string, string> {
  const folder = join(packages, name, 'src');
  const entry = readFileSync(join(folder, 'index.ts'), 'utf8');
  return new Map(
    [...entry.matchAll(/^export \{([^}]*)\} from '\.\/([^']+)\.js';/gm)].flatMap(
      ([, names = '', path = '']) =>
        namesIn(names).map((exported) => [exported.split(' as ').at(-1) ?? '', join(folder, `${path}.ts`)]),
    ),
  );
}

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));

/** Where a file's imports stand. Below it such a line is text: `store init` writes programs that import our packages. */
const headOf = (text: string): string => /^(?:\s+|\/\/.*|\/\*[^]*?\*\/|import [^;]*;)*/.exec(text)?.[0] ?? '';

/**
 * Imports of a package's entry become imports of the files behind it. esbuild puts whole files into chunks: through
 * the entries, `store --help` would load 270 KB of our code instead of 67 (bench/start-up.bench.ts).
 */
export const directImports: Plugin = {
  name: 'direct-imports',
  setup(build) {
    const known = new Map<string, ReadonlyMap<string, string>>();
    const fileOf = (name: string, imported: string): string | undefined => {
      const found = known.get(name) ?? exportsOf(name);
      known.set(name, found);
      return found.get(imported.split(' as ')[0] ?? '');
    };
    build.onLoad({ filter: /[\\/](cli|packages[\\/][\w-]+)[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const head = headOf(text);
      const direct = head.replaceAll(
        /^import \{([^}]*)\} from '@store\/([\w-]+)';/gm,
        (whole: string, list: string, name: string) => {
          const lines = namesIn(list).map((imported) => {
            const file = fileOf(name, imported);
            return file === undefined ? undefined : `import { ${imported} } from ${JSON.stringify(file)};`;
          });
          if (lines.includes(undefined)) return whole;
          // As many lines as before, for the source map.
          return lines.join(' ') + '\n'.repeat(whole.split('\n').length - 1);
        },
      );
      return { loader: 'ts', contents: direct + text.slice(head.length) };
    });
  },
};

/**
 * DuckDB's interface joins the bundle: read as some 190 CommonJS files it costs more than all of our own code, in each
 * process that asks a question. Its native part cannot, and is required from where the command is installed.
 */
export const duckDb: Plugin = {
  name: 'duckdb',
  setup(build) {
    // CommonJS requires it, and only an ES module knows where it stands.
    build.onResolve({ filter: /^@duckdb\/node-bindings$/ }, ({ path }) => ({ path, namespace: 'native' }));
    build.onLoad({ filter: /.*/, namespace: 'native' }, () => ({
      contents: "module.exports = require('native-bindings').bindings;",
    }));
    build.onResolve({ filter: /^native-bindings$/ }, ({ path }) => ({ path, namespace: 'native-module' }));
    build.onLoad({ filter: /.*/, namespace: 'native-module' }, () => ({
      contents: `import { createRequire } from 'node:module';
        export const bindings = createRequire(import.meta.url)('@duckdb/node-bindings');`,
    }));
    // A `require` that is the bundler's own, and so still loads at the first call.
    build.onLoad({ filter: /[\\/]emulator[\\/]src[\\/]lake[\\/]duckdb-api\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace('const require = createRequire(import.meta.url);\n', '');
      if (contents === text) throw new Error(`Expected ${path} to make its own require.`);
      return { loader: 'ts', contents };
    });
  },
};

/**
 * Node's own modules through `process.getBuiltinModule`: CommonJS in the bundle requires them, and an ES module has no
 * `require`.
 */
export const builtIns: Plugin = {
  name: 'built-ins',
  setup(build) {
    const names = new Set(builtinModules);
    build.onResolve({ filter: /^(node:)?[a-z\d_/]+$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return names.has(name) ? { path: name, namespace: 'built-in' } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'built-in' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`,
    }));
  },
};
