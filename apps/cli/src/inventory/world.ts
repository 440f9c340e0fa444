import {
  checkWorldOptions,
  createWorld,
  presets,
  WorldError,
  type ChaosOptions,
  type PresetName,
  type World,
  type WorldOptions,
} from '@store/generator';
import {
  inventoryEventSchema,
  workshopEventSchema,
  type InventoryEvent,
  type WorkshopEvent,
} from '@store/schema';
import type { TableSchema } from '@store/glue-schema';
import type { WorldFlags } from '../options/world-flags.js';
import { CliError, didYouMean } from '../terminal/errors.js';
import { withExtraColumns } from './world-file.js';

/** Checks the flags as the world itself would, without building it. @throws CliError `USAGE` */
export function checkWorld(flags: WorldFlags): void {
  worldCall(flags, () => {
    checkWorldOptions(worldOptions(flags));
  });
}

/** The world of inventory events that the flags describe; what the generator does not accept is wrong usage. */
export function worldOf(flags: WorldFlags, more: Pick<WorldOptions, 'replenishment' | 'policy'> = {}): World {
  if (flags.preset === 'workshop') {
    throw new CliError(
      'USAGE',
      'The workshop preset has nine fields and a table of its own: it is for `store generate`.',
    );
  }
  // Every other preset tells inventory events; the generator's own types say so for a literal name only.
  return anyWorldOf(flags, more).world as World;
}

/** A world of any preset, and the schema of what it tells. */
export function anyWorldOf(
  flags: WorldFlags,
  more: Pick<WorldOptions, 'replenishment' | 'policy'> = {},
): {
  readonly world: World<InventoryEvent | WorkshopEvent>;
  readonly schema: TableSchema;
} {
  return worldCall(flags, () => {
    const world = createWorld<InventoryEvent | WorkshopEvent>({ ...worldOptions(flags), ...more });
    return { world, schema: schemaOf(world, flags) };
  });
}

/** The schema of what the world of these flags tells. */
export function schemaOf(
  { extraColumns }: Pick<World, 'extraColumns'>,
  { preset, worldFile }: WorldFlags,
): TableSchema {
  const base = preset === 'workshop' ? workshopEventSchema : inventoryEventSchema;
  return withExtraColumns(base, extraColumns, worldFile?.extra ?? []);
}

/** What the generator does not accept is wrong usage. */
function worldCall<T>(flags: WorldFlags, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const where = flags.world === undefined ? '' : `${flags.world}: `;
    if (error instanceof WorldError)
      throw new CliError('USAGE', `${where}${error.message}`, { cause: error });
    throw error;
  }
}

function worldOptions({
  seed,
  stores,
  products,
  days,
  maxEvents,
  start,
  preset,
  shard,
  chaos,
  worldFile = { worldFile: 1 },
}: WorldFlags): WorldOptions<InventoryEvent | WorkshopEvent> {
  return {
    ...worldFile,
    seed,
    stores: worldFile.stores ?? stores,
    products: worldFile.products ?? products,
    days,
    start,
    ...(maxEvents === undefined ? {} : { maxEvents }),
    ...(preset === undefined ? {} : { preset: presetOf(preset) }),
    ...(shard === undefined ? {} : { shard }),
    ...(chaos === undefined ? {} : { chaos: typeof chaos === 'string' ? chaosOf(chaos) : chaos }),
  };
}

function presetOf(name: string): PresetName {
  const names = Object.keys(presets).filter((key): key is PresetName => key in presets);
  const found = names.find((known) => known === name);
  if (found === undefined)
    throw new CliError(
      'USAGE',
      `Expected --preset to be one of ${names.join(', ')}, got ${name}.${didYouMean(name, names)}`,
    );
  return found;
}

/** `late=0.01,duplicate=0.02`; the generator checks names and ranges. */
function chaosOf(list: string): ChaosOptions {
  return Object.fromEntries(
    list.split(',').map((part) => {
      const [name = '', value = ''] = part.split('=');
      if (value.trim() === '' || !Number.isFinite(Number(value))) {
        throw new CliError(
          'USAGE',
          `Expected --chaos as name=share, for example late=0.01,duplicate=0.02; got ${part}.`,
        );
      }
      return [name.trim(), Number(value)];
    }),
  );
}
