import { libraries } from './scripts/libraries.mjs';

/** The API reference, from the docstrings; an export without one is an error. */
export default {
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: libraries.flatMap(({ folder, entries }) =>
    entries.map(
      ({ subpath }) => `packages/${folder}/src/${subpath === '.' ? 'index' : `${subpath.slice(2)}/index`}.ts`,
    ),
  ),
  tsconfig: 'tsconfig.docs.json',
  out: 'docs/api',
  readme: 'none',
  githubPages: false,
  excludeExternals: true,
  disableSources: true,
  logLevel: 'Warn',
  requiredToBeDocumented: ['Class', 'Function', 'Interface', 'TypeAlias', 'Variable'],
  validation: { notDocumented: true, notExported: false, invalidLink: true },
  treatValidationWarningsAsErrors: true,
};
