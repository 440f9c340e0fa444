import type { Context } from 'aws-lambda';

/** A context with a minute left. */
export function lambdaContext(): Context {
  // What Lambda has long deprecated is left out: no handler of ours looks at it.
  return {
    awsRequestId: '00000000-0000-0000-0000-000000000000',
    functionName: 'test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test',
    memoryLimitInMB: '1769',
    logGroupName: '/aws/lambda/test',
    logStreamName: 'test',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => 60_000,
  } as Context;
}
