import { fileURLToPath } from 'node:url';
import {
  type ColumnEncoderOptions,
  emitSchema,
  formatDiagnostic,
  generateColumnEncoder,
  generateModules,
} from '@store/glue-schema/compiler';
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

interface EmittedType {
  readonly name: string;
  readonly file: string;
  /** The committed manifest, whose column order is kept. */
  readonly previous: TableSchema;
  /** How rows of columns are laid out, for types that a generator of data writes. */
  readonly layout?: Omit<ColumnEncoderOptions, 'typeImport'>;
}

const types: readonly EmittedType[] = [
  {
    name: 'InventoryEvent',
    file: 'inventory-event',
    previous: inventoryEventSchema,
    layout: {
      dictionaries: {
        store: ['store_id', 'store_name', 'location'],
        product: ['product_id', 'product_name', 'category'],
      },
      serials: { event_id: { of: 'sequence', digits: 10 } },
      less: { is_low_stock: ['current_stock', 'min_threshold'] },
    },
  },
  { name: 'RestockRequest', file: 'restock-request', previous: restockRequestSchema },
  {
    name: 'WorkshopEvent',
    file: 'workshop-event',
    previous: workshopEventSchema,
    layout: {
      dictionaries: { product: ['product_id', 'product_name'] },
      less: { is_stock_low: ['current_stock', 'threshold_level'] },
    },
  },
];

const banner = (file: string): string =>
  `// Emitted from ./${file}.ts by scripts/emit.ts. Change the type, then run \`npm run emit\`.\n`;

/** Every generated module of the package. */
export function generatedModules(): readonly GeneratedModule[] {
  return types.flatMap(({ name, file, previous, layout }) => {
    const entry = fileURLToPath(new URL(`../src/${file}.ts`, import.meta.url));
    const tsconfig = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
    const { schema, diagnostics, stated } = emitSchema({ entry, type: name, tsconfig, previous });
    if (schema === undefined) throw new Error(diagnostics.map(formatDiagnostic).join('\n'));
    const typeImport = { name, from: `./${file}.js` };
    const packageName = '@store/schema';
    const modules: readonly { readonly kind: string; readonly text: string }[] = [
      ...generateModules(schema, { typeImport, packageName, stated }),
      ...(layout === undefined
        ? []
        : [
            {
              kind: 'column-encoder',
              text: generateColumnEncoder(schema, { typeImport, packageName, ...layout }),
            },
          ]),
    ];
    return modules.map(({ kind, text }) => ({
      file: entry.replace(/\.ts$/u, `.${kind}.generated.ts`),
      text: banner(file) + text,
    }));
  });
}
