// aws-local-stepfunctions 3 is written for Node 22; of what Node 20 lacks it uses this alone.
const withResolvers = function (): object {
  const parts: { resolve?: unknown; reject?: unknown } = {};
  const promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return { promise, ...parts };
};
if (!('withResolvers' in Promise)) Object.assign(Promise, { withResolvers });
