import { action, type Actions } from '../wire/service-entry.js';
import { list, structure, text } from '../wire/shape.js';
import { ServiceError } from '../wire/service-error.js';
import { putQueue } from './put-queue.js';
import { inTurn, queueArn, queueOf, type QueueName, type SqsContext } from './sqs-context.js';
import { invalidValue, MAX_PERMITTED_ACTIONS, missingParameter } from './sqs-rules.js';

/** The actions on statements of a queue's policy, which is kept and shown; nothing here asks it. */
export const permissionActions: Actions<SqsContext> = new Map([
  [
    'AddPermission',
    action(
      structure({ QueueUrl: text(), Label: text(), AWSAccountIds: list(text()), Actions: list(text()) }, [
        'QueueUrl',
        'Label',
        'AWSAccountIds',
        'Actions',
      ]),
      inTurn(addPermission),
    ),
  ],
  [
    'RemovePermission',
    action(structure({ QueueUrl: text(), Label: text() }, ['QueueUrl', 'Label']), inTurn(removePermission)),
  ],
]);

interface Statement {
  readonly Sid?: unknown;
}

interface PolicyDocument {
  readonly Version: string;
  readonly Id: string;
  readonly Statement: readonly Statement[];
}

interface AddInput extends QueueName {
  readonly Label: string;
  readonly AWSAccountIds: readonly string[];
  readonly Actions: readonly string[];
}

/** Actions that others may be allowed; source: SQS API reference, AddPermission, read 2026-11. */
const shared: ReadonlySet<string> = new Set(
  `* ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues PurgeQueue
  ReceiveMessage SendMessage`.split(/\s+/),
);
/** Actions that stay with a queue's owner. */
const owned: ReadonlySet<string> = new Set(
  `AddPermission CancelMessageMoveTask CreateQueue DeleteQueue ListMessageMoveTasks ListQueueTags ListQueues
  RemovePermission SetQueueAttributes StartMessageMoveTask TagQueue UntagQueue`.split(/\s+/),
);

/** `AddPermission` */
async function addPermission(input: AddInput, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  const { Label: label, AWSAccountIds: accounts, Actions: actions } = input;
  if (label === '') throw missingParameter('Label');
  checkActions(actions);
  if (accounts.length === 0 || !accounts.every((id) => /^\d{12}$/.test(id))) {
    throw invalidValue(`[${accounts.join(', ')}]`, 'PrincipalId', 'Unable to verify.');
  }
  const arn = queueArn(queue, context);
  const policy = policyOf(queue.attributes.Policy, arn);
  if (policy.Statement.some(({ Sid }) => Sid === label)) {
    throw invalidValue(label, 'Label', 'Already exists.');
  }
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrAll(accounts.map((id) => `arn:aws:iam::${id}:root`)) },
    Action: oneOrAll(actions.map((name) => `SQS:${name}`)),
    Resource: arn,
  };
  const Policy = JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] });
  await putQueue(queue, { attributes: { ...queue.attributes, Policy } }, context);
  return {};
}

function checkActions(actions: readonly string[]): void {
  if (actions.length === 0) throw missingParameter('Actions');
  for (const name of actions) {
    if (shared.has(name)) continue;
    throw invalidValue(
      `SQS:${name}`,
      'ActionName',
      owned.has(name)
        ? 'Only the queue owner is allowed to invoke this action.'
        : 'Please refer to the appropriate WSDL for a list of valid actions.',
    );
  }
  if (actions.length > MAX_PERMITTED_ACTIONS) {
    const message = `${actions.length} Actions were found, maximum allowed is ${MAX_PERMITTED_ACTIONS}.`;
    throw new ServiceError('OverLimit', message, 403);
  }
}

/** `RemovePermission`: with its last statement the policy goes. */
async function removePermission(
  input: QueueName & { readonly Label: string },
  context: SqsContext,
): Promise<unknown> {
  const queue = queueOf(input, context);
  const policy = policyOf(queue.attributes.Policy, queueArn(queue, context));
  const left = policy.Statement.filter(({ Sid }) => Sid !== input.Label);
  if (left.length === policy.Statement.length) {
    throw invalidValue(input.Label, 'Label', "can't find label.");
  }
  const Policy = left.length === 0 ? '' : JSON.stringify({ ...policy, Statement: left });
  await putQueue(queue, { attributes: { ...queue.attributes, Policy } }, context);
  return {};
}

function oneOrAll(values: readonly string[]): string | readonly string[] {
  const [first = ''] = values;
  return values.length === 1 ? first : values;
}

/** The policy that a queue has, which a caller may have written in full; else the one that its first label begins. */
function policyOf(text: string | undefined, arn: string): PolicyDocument {
  const begun = { Version: '2008-10-17', Id: `${arn}/SQSDefaultPolicy`, Statement: [] };
  if (text === undefined || text === '') return begun;
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  if (typeof policy !== 'object' || policy === null) return begun;
  const given: unknown = 'Statement' in policy ? policy.Statement : [];
  const statements: readonly unknown[] = Array.isArray(given) ? given : [given];
  return {
    ...begun,
    ...policy,
    Statement: statements.filter((one) => typeof one === 'object' && one !== null),
  };
}
