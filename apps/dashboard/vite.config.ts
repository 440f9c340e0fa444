import type { UserConfig } from 'vite';

/** One script, one style sheet, no map: the page travels inside the command's package. */
const config: UserConfig = {
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: true,
    assetsInlineLimit: 4096,
  },
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};

export default config;
