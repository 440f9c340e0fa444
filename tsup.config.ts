import type { Options } from 'tsup';

/** One build for every library: ESM for Node 20, source maps, no declarations (tsc emits those). */
const config: Options = {
  format: 'esm',
  target: 'node20',
  platform: 'neutral',
  sourcemap: true,
  // tsup empties the folder except these: the declarations beside the JavaScript are the type check's.
  clean: ['!**/*.d.ts', '!**/*.d.ts.map'],
  silent: true,
  splitting: true,
  external: [/^node:/],
};

export default config;
