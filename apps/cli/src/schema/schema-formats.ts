/** What `--format` may name; apart from the renderer, so that `--help` does not load the compiler. */
export const schemaFormats = [
  'glue',
  'manifest',
  'table-input',
  'duckdb',
  'module',
  'validator',
  'encoder',
] as const;

/** One of {@link schemaFormats}. */
export type SchemaFormat = (typeof schemaFormats)[number];
