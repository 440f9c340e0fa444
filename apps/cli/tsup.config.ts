import { cp } from 'node:fs/promises';
import type { Options } from 'tsup';
import { notices } from '../../scripts/third-party-notices.js';
import { builtIns, directImports, duckDb } from './scripts/bundle-plugins.js';

/**
 * The command in one folder, with all that it loads: one chunk is read where a package in node_modules is hundreds of
 * files (bench/start-up.bench.ts). Outside stay the compiler and the reader of spreadsheets, which few commands load,
 * and DuckDB's native part.
 */
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
  // The name that the plugin below knows.
  removeNodeProtocol: false,
  silent: true,
  clean: ['dist/**/*.js', 'dist/**/*.js.map', 'dist/page/**'],
  noExternal: [/^(?!(?:typescript|read-excel-file)(?:\/|$))/],
  esbuildPlugins: [duckDb, directImports, builtIns, notices],
  esbuildOptions(options) {
    options.conditions = ['@store/source', 'module'];
  },
  // The page is built before (turbo.json); here it joins the command that serves it.
  onSuccess: async () => {
    await cp('../dashboard/dist', 'dist/page', { recursive: true });
  },
};

export default config;
