import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Json, Resource } from './resolved-template.js';

const database = loadAwsServiceSpecSync();

type Properties = ReturnType<typeof database.all<'typeDefinition'>>[number]['properties'];
type Type = Properties[string]['type'];

/** What is wrong in resources, and how many values were looked at. */
export interface SchemaFindings {
  readonly problems: readonly string[];
  readonly values: number;
}

/**
 * Holds resolved resources to AWS's published resource schemas: each property must be known by its name, of its type, one of the values that
 * are listed for it, and there if it is required. Documents that are JSON to CloudFormation, such as policies, are not
 * looked into.
 */
export function checkAgainstSchemas(resources: readonly Resource[]): SchemaFindings {
  const problems: string[] = [];
  let values = 0;

  const checkObject = (properties: Properties, value: Json, path: string): void => {
    for (const [name, inner] of Object.entries(value)) {
      const property = properties[name];
      if (property === undefined) problems.push(`${path}.${name} is no property.`);
      else if (inner !== '') check(property.type, inner, `${path}.${name}`);
    }
    for (const [name, { required = false }] of Object.entries(properties)) {
      if (required && !(name in value)) problems.push(`${path}.${name} is required.`);
    }
  };

  const fits = (type: Type, value: unknown, path: string): boolean => {
    switch (type.type) {
      case 'string':
        return typeof value === 'string' && (type.allowedValues?.includes(value) ?? true);
      case 'date-time':
        return typeof value === 'string';
      case 'integer':
        return Number.isInteger(value) && (type.allowedValues?.includes(value as number) ?? true);
      case 'number':
        return typeof value === 'number';
      case 'boolean':
        return typeof value === 'boolean';
      case 'null':
        return value === null;
      case 'json':
        return typeof value === 'string' || typeof value === 'object';
      case 'tag':
        return isObject(value) && typeof value.Key === 'string' && typeof value.Value === 'string';
      case 'array':
        if (!Array.isArray(value)) return false;
        for (const [at, element] of value.entries()) check(type.element, element, `${path}[${at}]`);
        return true;
      case 'map':
        if (!isObject(value)) return false;
        for (const [key, element] of Object.entries(value)) check(type.element, element, `${path}.${key}`);
        return true;
      case 'ref':
        if (!isObject(value)) return false;
        checkObject(database.get('typeDefinition', type.reference).properties, value, path);
        return true;
      case 'union': {
        const before = problems.length;
        return type.types.some((one) => {
          problems.length = before;
          return fits(one, value, path) && problems.length === before;
        });
      }
    }
  };

  const check = (type: Type, value: unknown, path: string): void => {
    values++;
    if (!fits(type, value, path))
      problems.push(`${path} is ${JSON.stringify(value).slice(0, 80)}; expected: ${type.type}.`);
  };

  for (const { id, type, properties } of resources) {
    if (type.startsWith('Custom::')) continue;
    const [schema] = database.lookup('resource', 'cloudFormationType', 'equals', type);
    if (schema === undefined) problems.push(`${id} is of the type ${type}, which does not exist.`);
    else checkObject(schema.properties, properties, `${id} (${type})`);
  }
  return { problems, values };
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
