import type { UserConfig } from 'vite';

/** One script of the first view, one of each later view, one style sheet, no map: the page travels inside the command's package. */
const config: UserConfig = {
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: true,
    assetsInlineLimit: 4096,
    // What the first view needs is one script, and not two because later views need a part of it: 500 bytes less.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};

export default config;
