import { fileURLToPath } from 'node:url';
import type { Options } from 'tsup';
import { notices } from '../../scripts/third-party-notices.js';
import { plainWorld } from './scripts/plain-world.js';
import { noSpool } from './scripts/no-spool.js';

// Whole paths: who builds may stand anywhere.
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What each function leaves out. */
const plugins = {
  generate: [noSpool, plainWorld],
  ingest: [noSpool],
  plan: [],
  dispatch: [],
  door: [],
} as const satisfies Record<string, readonly object[]>;

/**
 * One minified bundle for each function, in a folder of its own: the folder is what is deployed. What a function loads
 * on demand, such as the credential providers that Lambda never asks, is in chunks beside its entry.
 */
const configs: Options[] = Object.entries(plugins).map(([name, ownPlugins]) => ({
  entry: { index: at(`src/${name}.ts`) },
  outDir: at(`dist/${name}`),
  format: 'esm',
  outExtension: () => ({ js: '.mjs' }),
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  minify: true,
  splitting: true,
  silent: true,
  clean: true,
  noExternal: [/.*/],
  esbuildPlugins: [...ownPlugins, notices],
  esbuildOptions(options) {
    // Naming a condition drops esbuild's own `module`, and with it the builds that can be tree-shaken.
    options.conditions = ['@store/source', 'module'];
    // Licences are in a file beside the bundle; within it they are dead weight at each cold start.
    options.legalComments = 'none';
  },
}));

export default configs;
