/**
 * Which of our packages each package may import, and no others. The lint rule, the test of the import graph
 * and the picture in ARCHITECTURE.md all come from this table.
 */
export const arrows = {
  'packages/foundation': [],
  'packages/durable': [],
  'packages/jq': [],
  'packages/page-protocol': [],
  'packages/glue-schema': [],
  'packages/schema': ['glue-schema'],
  'packages/intake': ['glue-schema', 'schema'],
  'packages/generator': ['schema'],
  'packages/restock': ['schema'],
  'packages/firehose': ['durable'],
  'packages/emulator': ['durable', 'glue-schema', 'jq'],
  'packages/constructs': ['glue-schema', 'schema'],
  'apps/lambda': ['constructs', 'firehose', 'generator', 'glue-schema', 'intake', 'restock', 'schema'],
  'apps/cli': [
    'durable',
    'emulator',
    'firehose',
    'generator',
    'glue-schema',
    'intake',
    'page-protocol',
    'restock',
    'schema',
  ],
  'apps/dashboard': ['page-protocol'],
  'apps/site': ['generator', 'glue-schema', 'schema'],
};

/** What every package and app may import besides: what all of them take from outside. */
export const forAll = ['foundation'];
