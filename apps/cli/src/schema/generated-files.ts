import { dirname, join, relative, resolve } from 'node:path';
import type { TableSchema } from '@store/glue-schema';
import { generateModules } from '@store/glue-schema/compiler';
import type { SchemaSource } from './flags.js';

/** A file to be committed. */
export interface GeneratedFile {
  readonly file: string;
  readonly text: string;
}

/** The modules of a schema, as files of the folder `out`. */
export function generatedFiles(
  schema: TableSchema,
  stated: readonly string[],
  source: SchemaSource,
  out: string,
): readonly GeneratedFile[] {
  const folder = resolve(source.cwd, out);
  const typeImport = { name: schema.name, from: importPath(folder, resolve(source.cwd, source.entry)) };
  const banner = `// Emitted from ${typeImport.from} by \`store schema emit\`. Change the type, then emit again.\n`;
  return generateModules(schema, { typeImport, stated }).map(({ kind, text }) => ({
    file: join(folder, `${kebabCase(schema.name)}.${kind}.generated.ts`),
    text: banner + text,
  }));
}

/** File of the module that holds the committed column order. */
export const committedModule = (source: SchemaSource, out: string): string =>
  join(out, `${kebabCase(source.type)}.schema.generated.ts`);

/** The specifier of a source file as seen from a folder: `./order.js`, `../types/order.mjs`. */
export function importPath(folder: string, file: string): string {
  const path = relative(folder, file)
    .replaceAll('\\', '/')
    .replace(/\.([cm]?)tsx?$/u, '.$1js');
  return dirname(path).startsWith('..') ? path : `./${path}`;
}

const kebabCase = (name: string): string =>
  name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1-$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1-$2')
    .toLowerCase();
