import type { Options } from 'tsup';

/** The command in one folder: our packages are bundled from their source, everything else stays a dependency. */
const config: Options = {
  entry: { main: 'src/main.ts' },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  splitting: true,
  silent: true,
  clean: ['dist/**/*.js', 'dist/**/*.js.map'],
  noExternal: [/^@store\//],
  esbuildOptions(options) {
    options.conditions = ['@store/source'];
  },
};

export default config;
