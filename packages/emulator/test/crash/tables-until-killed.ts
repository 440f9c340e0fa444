import { DynamoDB } from '@aws-sdk/client-dynamodb';

/** Puts items until the endpoint is gone; ids whose put was answered are in the set then. */
export async function putUntilDead(endpoint: string, answered: Set<string>, from: number): Promise<void> {
  const dynamodb = new DynamoDB({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  const writer = async (turn: number): Promise<void> => {
    for (let n = 0; ; n++) {
      const id = `${from}-${turn}-${n}`;
      try {
        await dynamodb.putItem({
          TableName: 'requests',
          Item: { request_id: { S: id } },
          ConditionExpression: 'attribute_not_exists(request_id)',
        });
      } catch {
        // Not answered: it may be there or not, and both are right.
        return;
      }
      answered.add(id);
    }
  };
  await Promise.all([writer(0), writer(1), writer(2), writer(3)]);
  dynamodb.destroy();
}
