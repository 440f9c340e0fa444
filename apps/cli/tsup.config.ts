import { readFileSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
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
const directImports: Plugin = {
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

/** The command in one folder: our packages are bundled from their source, everything else stays a dependency. */
const config: Options = {
  entry: {
    main: 'src/main.ts',
    config: 'src/config/define-config.ts',
    'endpoint-child': 'src/up/endpoint-child.ts',
    'policy-worker': 'src/benchmark/policy-worker.ts',
    'policy-hooks': 'src/benchmark/policy-hooks.ts',
    // What a policy imports where its project has no package of ours.
    generator: '../../packages/generator/src/index.ts',
    'query-process': '../../packages/emulator/src/query-process.ts',
  },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  splitting: true,
  silent: true,
  clean: ['dist/**/*.js', 'dist/**/*.js.map', 'dist/page/**'],
  noExternal: [/^@store\//],
  esbuildPlugins: [directImports],
  esbuildOptions(options) {
    options.conditions = ['@store/source'];
  },
  // The page is built before (turbo.json); here it joins the command that serves it.
  onSuccess: async () => {
    await cp('../dashboard/dist', 'dist/page', { recursive: true });
  },
};

export default config;
