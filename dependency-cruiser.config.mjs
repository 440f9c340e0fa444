import { arrows, forAll } from './scripts/arrows.mjs';

/** Everything that only the store's own packages may know of. */
const ofInventory = ['schema', 'intake', 'generator', 'restock', 'constructs'];

/** A package imports what the table allows: by its name, or by a path that no lint of names sees. */
const arrowRules = Object.entries(arrows).map(([folder, allowed]) => {
  const own = folder.split('/')[1];
  const open = [...allowed, ...forAll, own].join('|');
  return {
    name: `${own}-imports`,
    comment: `${folder} may import only: ${[...allowed, ...forAll].join(', ')} (scripts/arrows.mjs).`,
    severity: 'error',
    from: { path: `^${folder}/src/` },
    to: { path: '^(packages|apps)/', pathNot: `^packages/(${open})/|^${folder}/` },
  };
});

/** Rules for the import graph, type-only imports included; the test of the graph and `npm run check` hold them. */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that import each other are one concept, or share a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-app-imports-an-app',
      comment: 'A contract between two apps is a package.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libraries-know-no-inventory',
      comment: 'These serve people who never heard of stores.',
      severity: 'error',
      from: { path: '^packages/(foundation|durable|jq|glue-schema|firehose|emulator)/src/' },
      to: { path: `^packages/(${ofInventory.join('|')})/` },
    },
    {
      name: 'no-handler-imports-the-emulator',
      comment: 'A bundle for Lambda holds no endpoint and no DuckDB.',
      severity: 'error',
      from: { path: '^apps/lambda/src/' },
      to: { path: '^packages/emulator/|duckdb' },
    },
    {
      name: 'lake-is-below-services',
      comment: 'The lake knows files and SQL; what delivers into it and what serves it are above.',
      severity: 'error',
      from: { path: '^packages/emulator/src/lake/' },
      to: { path: '^packages/emulator/src/(delivery|firehose|glue|athena|sqs|s3|faults)/' },
    },
    ...arrowRules,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    includeOnly: '^(packages|apps)/[^/]+/(src|infra)/',
    doNotFollow: { path: 'node_modules|/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@store/source', 'import', 'node', 'default', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
};
