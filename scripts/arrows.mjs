/**
 * Which of our packages each package may import, and no others. The lint rule, the test of the import graph
 * and the picture in ARCHITECTURE.md all stand on this table.
 */
export const arrows = {
  'packages/glue-schema': [],
  'packages/schema': ['glue-schema'],
  'packages/generator': ['schema'],
  'packages/firehose': [],
  'packages/restock': ['schema'],
  'packages/emulator': ['glue-schema'],
  'apps/lambda': ['firehose', 'generator', 'glue-schema', 'restock', 'schema'],
  'apps/cli': [
    'dashboard',
    'emulator',
    'firehose',
    'generator',
    'glue-schema',
    'lambda',
    'restock',
    'schema',
  ],
  'apps/dashboard': [],
};
