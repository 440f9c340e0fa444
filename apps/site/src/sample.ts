import { createWorld, type World, type WorldOptions } from '@store/generator';
import { toAthenaDdl, type Column, type ColumnType, type TableSchema } from '@store/glue-schema';
import { eventHourPartitioning, inventoryEventSchema, workshopEventSchema } from '@store/schema';
import {
  commandOf,
  fieldsOfFile,
  optionsOf,
  playgroundLimits,
  type FieldName,
  type WorldForm,
} from './world-form.js';

/** One shelf of the world, by places in its lists. */
export interface Shelf {
  readonly store: number;
  readonly product: number;
}

/** What the page shows of a world. */
export interface Sample {
  /** First events, a line of NDJSON each, broken ones too. */
  readonly lines: readonly string[];
  /** Events that were read: all of the world, or as many as the playground reads. */
  readonly read: number;
  /** Events of the whole world. */
  readonly total: number;
  /** Whether `total` was counted; otherwise it is estimated. */
  readonly exact: boolean;
  readonly stores: readonly { readonly id: string; readonly name: string }[];
  readonly products: readonly { readonly id: string; readonly name: string }[];
  /** The shelf with most events. */
  readonly busiest: Shelf;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment: string }[];
  /** `CREATE EXTERNAL TABLE` of these events, for Athena. */
  readonly ddl: string;
  /** The command that makes the same world. */
  readonly command: string;
  /** Fields of the form that the world file decides. */
  readonly fromFile: readonly FieldName[];
}

/** A shelf over time: a point for each of its events. */
export interface ShelfHistory {
  /** Seconds since 1970. */
  readonly seconds: readonly number[];
  readonly stock: readonly number[];
  readonly reorderPoint: readonly number[];
  readonly onOrder: readonly number[];
}

/**
 * Makes the world of a form and reads as much of it as the page shows.
 *
 * @throws WorldError for a form or a world file that is wrong
 */
export function makeSample(form: WorldForm): Sample {
  const options = optionsOf(form);
  const world = boundedWorld(options);
  const { events: total, exact } = createWorld(options).estimate();
  const counts = new Uint32Array(world.stores.length * world.products.length);
  let read = 0;
  for (const batch of world.at(form.start).batches({ lend: true })) {
    read += batch.length;
    for (let n = 0; n < batch.length; n++) {
      const cell = (batch.store[n] ?? 0) * world.products.length + (batch.product[n] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  const most = counts.reduce((best, count, cell) => (count > (counts[best] ?? 0) ? cell : best), 0);
  return {
    lines: linesOf(world),
    read,
    total,
    exact,
    stores: world.stores.map(({ store_id, store_name }) => ({ id: store_id, name: store_name })),
    products: world.products.map(({ product_id, product_name }) => ({ id: product_id, name: product_name })),
    busiest: { store: Math.floor(most / world.products.length), product: most % world.products.length },
    columns: world.columns.map(({ Name, Type, Comment = '' }) => ({
      name: Name,
      type: Type,
      comment: Comment,
    })),
    ddl: ddlOf(world, form),
    command: commandOf(form),
    fromFile: fieldsOfFile(form),
  };
}

/** Reads the events of one shelf, in the order of their time. */
export function historyOf(form: WorldForm, shelf: Shelf): ShelfHistory {
  const points: { at: number; stock: number; reorderPoint: number; onOrder: number }[] = [];
  for (const batch of boundedWorld(optionsOf(form)).batches({ lend: true })) {
    for (let n = 0; n < batch.length; n++) {
      if (batch.store[n] !== shelf.store || batch.product[n] !== shelf.product) continue;
      points.push({
        at: (batch.time[n] ?? 0) / 1000,
        stock: batch.currentStock[n] ?? 0,
        reorderPoint: batch.minThreshold[n] ?? 0,
        onOrder: batch.onOrder[n] ?? 0,
      });
    }
  }
  points.sort((a, b) => a.at - b.at);
  return {
    seconds: points.map(({ at }) => at),
    stock: points.map(({ stock }) => stock),
    reorderPoint: points.map(({ reorderPoint }) => reorderPoint),
    onOrder: points.map(({ onOrder }) => onOrder),
  };
}

/** The events as a file of NDJSON, at most as many as the playground reads. */
export function ndjsonOf(form: WorldForm): Blob {
  // The generator hands out memory of plain array buffers; a Blob copies it.
  return new Blob([...boundedWorld(optionsOf(form)).ndjson()] as Uint8Array<ArrayBuffer>[], {
    type: 'application/x-ndjson',
  });
}

const boundedWorld = (options: WorldOptions<unknown>): World<unknown> =>
  createWorld({ ...options, maxEvents: playgroundLimits.events });

function linesOf(world: World<unknown>): readonly string[] {
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of world.at(new Date(world.startMs)).ndjson({ maxEvents: playgroundLimits.lines }))
    text += decoder.decode(chunk, { stream: true });
  return text.split('\n').filter((line) => line !== '');
}

/** The table that `store emulator` has for such events; the bucket's name is an example. */
function ddlOf(world: World<unknown>, { preset }: WorldForm): string {
  const schema: TableSchema = preset === 'workshop' ? workshopEventSchema : inventoryEventSchema;
  const extra = world.extraColumns.map(({ column }): Column => ({
    name: column.Name,
    type: extraTypes[column.Type] ?? { kind: 'string' },
    nullable: true,
    ...(column.Comment === undefined ? {} : { comment: column.Comment }),
  }));
  const { key, projection } = eventHourPartitioning;
  return toAthenaDdl(
    { ...schema, columns: [...schema.columns, ...extra] },
    {
      tableName: 'inventory_events',
      location: 's3://amzn-s3-demo-bucket/inventory/',
      partitionKeys: [{ name: key, type: 'string' }],
      projection: { keys: { [key]: { ...projection, range: [projection.range[0], 'NOW+1YEARS'] } } },
    },
  );
}

const extraTypes: Readonly<Record<string, ColumnType>> = {
  string: { kind: 'string' },
  boolean: { kind: 'boolean' },
  int: { kind: 'int' },
  bigint: { kind: 'bigint', wire: 'number' },
  double: { kind: 'double' },
};
