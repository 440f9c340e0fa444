import * as athena from '@aws-sdk/client-athena';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as firehose from '@aws-sdk/client-firehose';
import * as glue from '@aws-sdk/client-glue';
import * as s3 from '@aws-sdk/client-s3';
import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { executionActions } from '../../src/athena/executions.js';
import { workGroupActions } from '../../src/athena/work-groups.js';
import { dynamodbActions } from '../../src/dynamodb/dynamodb-service.js';
import { requestShapes } from '../../src/firehose/model/requests.js';
import { glueActions } from '../../src/glue/glue-service.js';
import { s3Actions } from '../../src/s3/s3-service.js';
import { sqsActions } from '../../src/sqs/actions.js';
import type { ShapeNode } from '../../src/wire/shape.js';

/**
 * The published models as the AWS SDKs carry them: `[3, namespace, name, traits, members, types, required]` for a
 * structure, whose first `required` members have to be given; `[1, …, of]` for a list, `[2, …, key, value]` for a map;
 * a number for the rest, to which 64 is added for a list of it and 128 for a map.
 */
type Model = readonly unknown[] | number;

/** Follows references and leaves traits out. */
function modelOf(reference: unknown): Model {
  if (typeof reference === 'function') return modelOf((reference as () => unknown)());
  if (typeof reference === 'number') return reference;
  // Every schema of the SDKs is a tuple.
  const tuple = reference as readonly unknown[];
  return typeof tuple[1] === 'string' ? (tuple[0] === 0 ? modelOf(tuple[4]) : tuple) : modelOf(tuple[0]);
}

const kinds: Readonly<Record<number, readonly ShapeNode['kind'][]>> = {
  0: ['string'],
  1: ['integer', 'double'],
  2: ['boolean'],
  21: ['blob'],
};

/** What a shape says otherwise than the model. */
function differences(shape: ShapeNode, model: Model, path: string): readonly string[] {
  if (shape.kind === 'any') return [];
  if (typeof model === 'number') {
    if (model >= 128)
      return shape.kind === 'map' ? differences(shape.value, model - 128, `${path}{}`) : [path];
    if (model >= 64) return shape.kind === 'list' ? differences(shape.of, model - 64, `${path}[]`) : [path];
    return kinds[model]?.includes(shape.kind) === true ? [] : [`${path} is a ${shape.kind}`];
  }
  if (model[0] === 1) {
    return shape.kind === 'list' ? differences(shape.of, modelOf(model[4]), `${path}[]`) : [path];
  }
  if (model[0] === 2) {
    return shape.kind === 'map' ? differences(shape.value, modelOf(model[5]), `${path}{}`) : [path];
  }
  if (shape.kind !== 'structure') return [`${path} is a ${shape.kind}`];
  const [, , , , names, types, required = 0] = model as readonly [
    ...ids: [unknown, unknown, unknown, unknown],
    names: readonly string[],
    types: readonly unknown[],
    required?: number,
  ];
  const mustBe = names.slice(0, required);
  return [
    ...mustBe
      .filter((name) => name in shape.members && !shape.required.includes(name))
      .map((name) => `${path}.${name} need not be given`),
    ...shape.required.filter((name) => !mustBe.includes(name)).map((name) => `${path}.${name} must be given`),
    ...Object.entries(shape.members).flatMap(([name, of]) => {
      const at = names.indexOf(name);
      return at < 0 ? [`${path}.${name} is unknown`] : differences(of, modelOf(types[at]), `${path}.${name}`);
    }),
  ];
}

function compare(sdk: object, shapes: Iterable<readonly [string, ShapeNode]>): readonly string[] {
  return [...shapes].flatMap(([name, shape]) => {
    const operation: unknown = Reflect.get(sdk, `${name}$`);
    return Array.isArray(operation)
      ? differences(shape, modelOf(operation[4]), name)
      : [`${name} is unknown`];
  });
}

const inputs = (
  ...tables: readonly ReadonlyMap<string, { readonly input: ShapeNode }>[]
): readonly (readonly [string, ShapeNode])[] =>
  tables.flatMap((table) => [...table].map(([name, { input }]) => [name, input] as const));

test('Firehose’s requests are those of the published model', () => {
  expect(compare(firehose, Object.entries(requestShapes))).toMatchInlineSnapshot(`[]`);
});

test('Glue’s requests are those of the published model, except what is listed', () => {
  const shapes = inputs(glueActions);
  expect(compare(glue, shapes)).toMatchInlineSnapshot(`
    [
      "UpdateDatabase.DatabaseInput.Name need not be given",
      "CreateTable.TableInput must be given",
      "CreateTable.TableInput.StorageDescriptor.Columns[].Type must be given",
      "CreateTable.TableInput.PartitionKeys[].Type must be given",
      "UpdateTable.TableInput must be given",
      "UpdateTable.TableInput.StorageDescriptor.Columns[].Type must be given",
      "UpdateTable.TableInput.PartitionKeys[].Type must be given",
      "BatchDeleteTable.TablesToDelete need not be given",
      "BatchDeleteTableVersion.VersionIds need not be given",
      "BatchCreatePartition.PartitionInputList need not be given",
      "UpdatePartition.PartitionValueList need not be given",
      "DeletePartition.PartitionValues need not be given",
      "BatchDeletePartition.PartitionsToDelete need not be given",
      "BatchDeletePartition.PartitionsToDelete[].Values need not be given",
      "GetPartition.PartitionValues need not be given",
      "BatchGetPartition.PartitionsToGet need not be given",
      "BatchGetPartition.PartitionsToGet[].Values need not be given",
    ]
  `);
});

test('Athena’s requests are those of the published model, except what is listed', () => {
  expect(compare(athena, inputs(executionActions, workGroupActions))).toMatchInlineSnapshot(`
    [
      "StopQueryExecution.QueryExecutionId must be given",
      "BatchGetQueryExecution.QueryExecutionIds need not be given",
    ]
  `);
});

test('DynamoDB’s requests are those of the published model', () => {
  expect(compare(dynamodb, inputs(dynamodbActions))).toMatchInlineSnapshot(`[]`);
});

test('SQS’s requests are those of the published model, except what an action refuses after it found its queue', () => {
  const shapes = inputs(sqsActions);
  expect(compare(sqs, shapes)).toMatchInlineSnapshot(`
    [
      "SendMessage.MessageBody need not be given",
      "SendMessage.MessageAttributes{}.DataType need not be given",
      "SendMessage.MessageSystemAttributes{}.DataType need not be given",
      "SendMessageBatch.Entries need not be given",
      "SendMessageBatch.Entries[].MessageBody need not be given",
      "SendMessageBatch.Entries[].MessageAttributes{}.DataType need not be given",
      "SendMessageBatch.Entries[].MessageSystemAttributes{}.DataType need not be given",
      "DeleteMessage.ReceiptHandle need not be given",
      "DeleteMessageBatch.Entries need not be given",
      "DeleteMessageBatch.Entries[].ReceiptHandle need not be given",
      "ChangeMessageVisibility.ReceiptHandle need not be given",
      "ChangeMessageVisibility.VisibilityTimeout need not be given",
      "ChangeMessageVisibilityBatch.Entries need not be given",
      "ChangeMessageVisibilityBatch.Entries[].ReceiptHandle need not be given",
    ]
  `);
});

test('S3’s requests are those of the published model', () => {
  expect(compare(s3, inputs(s3Actions))).toMatchInlineSnapshot(`[]`);
});
