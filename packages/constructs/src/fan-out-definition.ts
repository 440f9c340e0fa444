/** What the state machine calls, and where. */
export interface FanOutTarget {
  /** ARN of `generate`. */
  readonly functionArn: string;
  /** Partition of the region, such as `aws` or `aws-cn`: `Aws.PARTITION` in a stack. */
  readonly partition: string;
}

/**
 * How many shards run at the same time, and how many of a hundred may fail before the rest is stopped, where the
 * input does not say. A hundred and more at the same time need an account whose functions may run so often.
 */
export const fanOutDefaults: {
  readonly maxConcurrency: number;
  readonly toleratedFailurePercentage: number;
} = Object.freeze({ maxConcurrency: 200, toleratedFailurePercentage: 0 });

/**
 * Returns the definition of the state machine that fans a world out to shards: its input is
 * `{ "shards": 64, "world": { "seed": 42, … } }`, and `maxConcurrency` and `toleratedFailurePercentage` where those of
 * {@link fanOutDefaults} do not fit. Each shard is a child execution that calls `generate` again until the shard is done, so
 * that a world may take longer than one invocation; shards that failed can be redriven. Trucks are the planner's there: a load
 * test must not call them. JSONPath, which every Amazon States Language interpreter reads.
 *
 * @example
 * ```ts
 * import { fanOutDefinition } from '@store/constructs';
 *
 * const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:store-dev-generate';
 * console.log(JSON.stringify(fanOutDefinition({ functionArn, partition: 'aws' }), undefined, 2));
 * ```
 */
export function fanOutDefinition({ functionArn, partition }: FanOutTarget): object {
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
    StartAt: 'Note the defaults',
    States: {
      'Note the defaults': {
        Type: 'Pass',
        Parameters: { defaults: fanOutDefaults, 'given.$': '$' },
        Next: 'Fill in what is left out',
      },
      'Fill in what is left out': {
        Type: 'Pass',
        Parameters: { 'input.$': 'States.JsonMerge($.defaults, $.given, false)' },
        OutputPath: '$.input',
        Next: 'Number the shards',
      },
      'Number the shards': {
        Type: 'Pass',
        Parameters: {
          'indexes.$': 'States.ArrayRange(0, States.MathAdd($.shards, -1), 1)',
          'count.$': '$.shards',
          'world.$': '$.world',
          'maxConcurrency.$': '$.maxConcurrency',
          'toleratedFailurePercentage.$': '$.toleratedFailurePercentage',
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
        MaxConcurrencyPath: '$.maxConcurrency',
        ToleratedFailurePercentagePath: '$.toleratedFailurePercentage',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Generate',
          States: {
            Generate: {
              Type: 'Task',
              Resource: `arn:${partition}:states:::lambda:invoke`,
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
              Default: 'Continue',
            },
            Continue: {
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
