/**
 * Returns the definition of the state machine that fans a world out to shards: its input is
 * `{ "shards": 64, "world": { "seed": 42, … } }`. Each shard is a child execution that calls `generate` again until
 * the shard is done, so that a world may take longer than one invocation. Trucks are the planner's there: a load test
 * must not call them. JSONPath, which every Amazon States Language interpreter reads.
 *
 * @example
 * ```ts
 * import { fanOutDefinition } from '@store/constructs';
 *
 * const definition = fanOutDefinition('arn:aws:lambda:us-east-1:000000000000:function:store-dev-generate');
 * console.log(JSON.stringify(definition, undefined, 2));
 * ```
 */
export function fanOutDefinition(functionArn: string): object {
  const retry = {
    ErrorEquals: [
      'Lambda.TooManyRequestsException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'HandlerError',
    ],
    IntervalSeconds: 2,
    MaxAttempts: 6,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  };
  return {
    Comment: 'A world of stores, shard by shard, into the delivery streams.',
    StartAt: 'Number the shards',
    States: {
      'Number the shards': {
        Type: 'Pass',
        Parameters: {
          'indexes.$': 'States.ArrayRange(0, States.MathAdd($.shards, -1), 1)',
          'count.$': '$.shards',
          'world.$': '$.world',
        },
        Next: 'Generate every shard',
      },
      'Generate every shard': {
        Type: 'Map',
        ItemsPath: '$.indexes',
        ItemSelector: {
          'world.$': '$.world',
          part: {
            shard: { 'index.$': '$$.Map.Item.Value', 'count.$': '$.count' },
            resumeFrom: 0,
            earlyRequests: false,
          },
        },
        MaxConcurrency: 200,
        ToleratedFailurePercentage: 0,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Generate',
          States: {
            Generate: {
              Type: 'Task',
              Resource: 'arn:aws:states:::lambda:invoke',
              Parameters: {
                FunctionName: functionArn,
                'Payload.$': 'States.JsonMerge($.world, $.part, false)',
              },
              ResultSelector: {
                'accepted.$': '$.Payload.accepted',
                'digest.$': '$.Payload.digest',
                'resumeFrom.$': '$.Payload.resumeFrom',
                'resumeAt.$': '$.Payload.resumeAt',
              },
              ResultPath: '$.answer',
              Retry: [retry],
              Next: 'Is the shard done?',
            },
            'Is the shard done?': {
              Type: 'Choice',
              Choices: [{ Variable: '$.answer.resumeFrom', IsNull: true, Next: 'Done' }],
              Default: 'Go on',
            },
            'Go on': {
              Type: 'Pass',
              Parameters: {
                'shard.$': '$.part.shard',
                'resumeFrom.$': '$.answer.resumeFrom',
                'resumeAt.$': '$.answer.resumeAt',
                earlyRequests: false,
              },
              ResultPath: '$.part',
              Next: 'Generate',
            },
            Done: { Type: 'Pass', OutputPath: '$.answer', End: true },
          },
        },
        End: true,
      },
    },
  };
}
