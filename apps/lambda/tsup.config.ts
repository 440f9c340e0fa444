import type { Options } from 'tsup';

/** One self-contained, minified bundle for each handler. */
const config: Options = {
  entry: { generate: 'src/generate.ts' },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  minify: true,
  silent: true,
  noExternal: [/.*/],
  esbuildOptions(options) {
    options.conditions = ['@store/source'];
  },
};

export default config;
