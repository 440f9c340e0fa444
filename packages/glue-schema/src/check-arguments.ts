import { checkArgument, having, satisfying } from '@store/foundation';
import { invalidOption } from './errors.js';

/** Checks of arguments that are no options: a caller without types, or with a value of another shape, learns which. */

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const field = (value: unknown, name: string): unknown =>
  isObject(value) ? Reflect.get(value, name) : undefined;

/** True for what has a kind, as the types of a manifest and Glue's types have. */
const isType = (value: unknown): boolean => typeof field(value, 'kind') === 'string';

const listedAs = (value: unknown, name: string, type: (column: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every((column) => typeof field(column, name) === 'string' && type(column));

const schemaRule = satisfying(
  'a table schema: an object with `name` and `columns`',
  (value) =>
    typeof field(value, 'name') === 'string' &&
    listedAs(field(value, 'columns'), 'name', (column) => isType(field(column, 'type'))),
);

const glueColumnsRule = satisfying('a list of columns with `Name` and `Type`', (value) =>
  listedAs(value, 'Name', (column) => typeof field(column, 'Type') === 'string'),
);

const typeRule = satisfying('a type: an object with `kind`', isType);
const objectRule = satisfying('an object', (value) => isObject(value) && !Array.isArray(value));
const textRule = satisfying('text', (value) => typeof value === 'string');
const glueRule = having('send');

/** Throws unless it is a manifest. */
export function checkSchema(schema: unknown): void {
  checkArgument('schema', schema, schemaRule, invalidOption);
}

/** Throws unless it is a list of Glue's columns. */
export function checkGlueColumns(columns: unknown): void {
  checkArgument('columns', columns, glueColumnsRule, invalidOption);
}

/** Throws unless it is a type, of a manifest or of Glue. */
export function checkType(type: unknown): void {
  checkArgument('type', type, typeRule, invalidOption);
}

/** Throws unless it is text. */
export function checkText(name: string, value: unknown): void {
  checkArgument(name, value, textRule, invalidOption);
}

/** Throws unless it is an object with members. */
export function checkObject(name: string, value: unknown): void {
  checkArgument(name, value, objectRule, invalidOption);
}

/** Throws unless it is a client of the AWS SDK. */
export function checkGlueClient(glue: unknown): void {
  checkArgument('glue', glue, glueRule, invalidOption);
}
