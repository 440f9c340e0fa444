import { OptionDefaults } from 'typedoc';
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
  // Bounds of the JSON Schema that is emitted from a type.
  blockTags: [
    ...OptionDefaults.blockTags,
    '@asType',
    '@maximum',
    '@maxLength',
    '@minimum',
    '@minItems',
    '@minLength',
  ],
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
