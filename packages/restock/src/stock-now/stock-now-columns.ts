/** The columns of the state, and the places of events that they hold. */

/** Where an event stands among those of its shelf: compared in this order, as `detectLowStock` compares events. */
const placeFields: readonly (readonly [name: string, type: string, hive: string, insteadOfNull?: string])[] =
  [
    ['event_time', 'timestamp(6)', 'timestamp'],
    ['sequence', 'bigint', 'bigint', '0'],
    ['event_id', 'varchar', 'string', "''"],
    ['current_stock', 'integer', 'int'],
    ['min_threshold', 'integer', 'int'],
    ['on_order', 'integer', 'int', '0'],
  ];

/** What a request says of its shelf besides numbers. */
export const nameFields = ['store_name', 'city', 'country', 'product_name', 'category'] as const;

const placeType = `row(${placeFields.map(([name, type]) => `${name} ${type}`).join(', ')})`;
const namesType = `row(${nameFields.map((name) => `${name} varchar`).join(', ')})`;
const placeStruct = `struct<${placeFields.map(([name, , hive]) => `${name}:${hive}`).join(',')}>`;
const namesStruct = `struct<${nameFields.map((name) => `${name}:string`).join(',')}>`;

/** The place of an event in a row of events. Trino compares no rows that hold a null; events without these are left out. */
export const placeOfEvent = (alias: string): string =>
  `cast(row(${placeFields.map(([name, , , instead]) => (instead === undefined ? `${alias}.${name}` : `coalesce(${alias}.${name}, ${instead})`)).join(', ')}) as ${placeType})`;

/** What an event must have to have a place: the rest is taken for nothing. */
export const placedEvents = (alias: string): readonly string[] =>
  placeFields.flatMap(([name, , , instead]) =>
    instead === undefined ? [`${alias}.${name} is not null`] : [],
  );

/** The place of the latest event in a row of the state. */
export const placeOf = (alias: string): string =>
  `cast(row(${placeFields.map(([name]) => `${alias}.${name}`).join(', ')}) as ${placeType})`;

/** The names in a row of events: the city is in its location there. */
export const namesOfEvent = (alias: string): string =>
  `cast(row(${nameFields.map((name) => `${alias}.${name === 'city' || name === 'country' ? 'location.' : ''}${name}`).join(', ')}) as ${namesType})`;

/** The names in a row of the state. */
export const namesOf = (alias: string): string =>
  `cast(row(${nameFields.map((name) => `${alias}.${name}`).join(', ')}) as ${namesType})`;

/** Columns of a place, each under its own name. */
export const placeColumns = (place: string): readonly string[] =>
  placeFields.map(([name]) => `${place}.${name} as ${name}`);

/** Columns of names, each under its own name. */
export const nameColumns = (names: string): readonly string[] =>
  nameFields.map((name) => `${names}.${name} as ${name}`);

/** Columns of the state with their types in Athena's DDL. The latest event stands open, the episode in structs. */
export const stockNowColumns: readonly (readonly [name: string, type: string])[] = [
  ['store_id', 'string'],
  ['product_id', 'string'],
  ...nameFields.map((name) => [name, 'string'] as const),
  ...placeFields.map(([name, , hive]) => [name, hive] as const),
  ['last_sufficient', placeStruct],
  ['began', placeStruct],
  ['asked', placeStruct],
  ['asked_names', namesStruct],
  ['unsettled', 'boolean'],
  ['rules', 'string'],
];

/** Names of the columns. */
export const columnNames: readonly string[] = stockNowColumns.map(([name]) => name);

/** Columns that say by their change that a row has changed. */
export const changingColumns: readonly string[] = columnNames.filter(
  (name) => !['store_id', 'product_id', 'asked_names', ...nameFields].includes(name),
);
