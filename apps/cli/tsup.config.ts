import { cp } from 'node:fs/promises';
import type { Options } from 'tsup';

/** The command in one folder: our packages are bundled from their source, everything else stays a dependency. */
const config: Options = {
  entry: {
    main: 'src/main.ts',
    config: 'src/config/define-config.ts',
    'endpoint-child': 'src/up/endpoint-child.ts',
  },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  splitting: true,
  silent: true,
  clean: ['dist/**/*.js', 'dist/**/*.js.map', 'dist/page/**'],
  noExternal: [/^@store\//],
  esbuildOptions(options) {
    options.conditions = ['@store/source'];
  },
  // The page is built before (turbo.json); here it joins the command that serves it.
  onSuccess: async () => {
    await cp('../dashboard/dist', 'dist/page', { recursive: true });
  },
};

export default config;
