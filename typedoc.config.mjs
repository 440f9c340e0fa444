import { Converter, OptionDefaults } from 'typedoc';
import { libraries } from './scripts/libraries.mjs';

/** Modules are called as they are imported: `@store/generator/parquet`, and not by the place of their sources. */
function nameModules(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      const [folder, ...rest] = module.name.split('/').filter((part) => part !== 'src');
      const library = libraries.find((one) => one.folder === folder);
      if (library !== undefined) module.name = [library.name, ...rest].join('/');
    }
  });
}

/** The API reference, from the docstrings; an export without one is an error. */
export default {
  name: 'API reference',
  hidePageHeader: true,
  plugin: ['typedoc-plugin-markdown', nameModules],
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
