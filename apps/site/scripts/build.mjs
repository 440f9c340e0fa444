/**
 * Builds the website into `apps/site/dist`: pages of the repository, the API reference from the docstrings, search
 * and the playground. It needs no network. A dead link, or an export without a docstring, is an error.
 *
 *   npm run site                      everything
 *   npm run site -- --without-api     no API reference, which takes half of the time
 *   npm run site -- --out DIR --base /PATH/
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runProgram } from '../../../scripts/programs.mjs';
import { collectPages } from './collect-pages.mjs';

const site = join(root, 'apps', 'site');
const { values } = parseArgs({
  options: {
    'without-api': { type: 'boolean', default: false },
    out: { type: 'string', default: join(site, 'dist') },
    base: { type: 'string', default: '/' },
  },
});

const pages = join(site, '.pages');
rmSync(pages, { recursive: true, force: true });
mkdirSync(pages);
collectPages(pages);
cpSync(join(site, 'pages'), pages, { recursive: true });

/** Ends this process with the exit code of a step that failed. */
const need = (status) => {
  if (status !== 0) process.exit(status);
};

const say = (text) => void process.stderr.write(`${text}\n`);

if (!values['without-api']) {
  say('API reference…');
  // One page for each entry of a package.
  const shape = ['--outputFileStrategy', 'modules', '--entryFileName', 'index'];
  need(
    runProgram('typedoc', ['--options', 'typedoc.config.mjs', '--out', join(pages, 'api'), ...shape], {
      cwd: root,
    }),
  );
}
process.env.STORE_SITE_WITHOUT_API = values['without-api'] ? '1' : '';
const out = resolve(process.env.INIT_CWD ?? process.cwd(), values.out);
say('Pages, search and playground…');
need(runProgram('vitepress', ['build', site, '--outDir', out, '--base', values.base], { cwd: site }));
say(`The website is in ${out}.`);
