import { fileURLToPath } from 'node:url';
import { emitSchema, formatDiagnostic, generateModules } from '@store/glue-schema/compiler';
import type { TableSchema } from '@store/glue-schema';
// The manifests alone: the modules beside them may be the very ones that no longer load.
import { inventoryEventSchema } from '../src/inventory-event.schema.generated.js';
import { restockRequestSchema } from '../src/restock-request.schema.generated.js';
import { workshopEventSchema } from '../src/workshop-event.schema.generated.js';

/** A module that is committed, and what it must hold. */
export interface GeneratedModule {
  readonly file: string;
  readonly text: string;
}

/** File of each type, and the manifest that is committed for it, whose column order is kept. */
const types: readonly { name: string; file: string; previous: TableSchema }[] = [
  { name: 'InventoryEvent', file: 'inventory-event', previous: inventoryEventSchema },
  { name: 'RestockRequest', file: 'restock-request', previous: restockRequestSchema },
  { name: 'WorkshopEvent', file: 'workshop-event', previous: workshopEventSchema },
];

const banner = (file: string): string =>
  `// Emitted from ./${file}.ts by scripts/emit.ts. Change the type, then run \`npm run emit\`.\n`;

/** Every generated module of the package. */
export function generatedModules(): readonly GeneratedModule[] {
  return types.flatMap(({ name, file, previous }) => {
    const entry = fileURLToPath(new URL(`../src/${file}.ts`, import.meta.url));
    const tsconfig = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
    const { schema, diagnostics, stated } = emitSchema({ entry, type: name, tsconfig, previous });
    if (schema === undefined) throw new Error(diagnostics.map(formatDiagnostic).join('\n'));
    const typeImport = { name, from: `./${file}.js` };
    return generateModules(schema, { typeImport, stated }).map(({ kind, text }) => ({
      file: entry.replace(/\.ts$/u, `.${kind}.generated.ts`),
      text: banner(file) + text,
    }));
  });
}
