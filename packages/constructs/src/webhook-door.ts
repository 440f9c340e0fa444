import { aws_lambda as lambda, type aws_sqs as sqs } from 'aws-cdk-lib';
import { checkOptions, satisfying, type OptionRules } from '@store/foundation';
import type { Construct } from 'constructs';
import type { ConstructProps } from './construct-props.js';
import { ConstructsError, invalidOption } from './errors.js';
import { RuntimeSecret } from './runtime-secret.js';
import { consumerTimeout, createFunction } from './store-function.js';

/** The secret of each sender. The door is closed to a sender that is left out. */
export interface WebhookSecrets {
  /** The app's client secret. @defaultValue closed */
  readonly shopify?: RuntimeSecret;
  /** The secret of the webhook. @defaultValue closed */
  readonly woocommerce?: RuntimeSecret;
  /** The signature key of the subscription. @defaultValue closed */
  readonly square?: RuntimeSecret;
  /** What your own systems sign with. @defaultValue closed */
  readonly generic?: RuntimeSecret;
}

const secret = satisfying('a RuntimeSecret', (value) => value instanceof RuntimeSecret);
const secretRules: OptionRules<WebhookSecrets> = {
  shopify: secret,
  woocommerce: secret,
  square: secret,
  generic: secret,
};

/** What the door is made of. */
interface DoorProps extends Omit<ConstructProps, 'alarmTopic'> {
  /** Queue of `ingest`, the one thing that the door writes to. */
  readonly queue: sqs.IQueue;
  readonly deadLetterQueue: sqs.IQueue;
  readonly secrets: WebhookSecrets;
  readonly squareUrl?: string | undefined;
}

/** A function behind an address that anybody can call, and that takes in what is signed. */
interface Door {
  readonly door: lambda.Function;
  readonly url: lambda.FunctionUrl;
}

/** Throws unless a door can be made with these. */
export function checkSecrets(secrets: WebhookSecrets, squareUrl: string | undefined): void {
  checkOptions(secrets, secretRules, invalidOption);
  if (Object.values(secrets).every((given) => given === undefined)) {
    throw new ConstructsError('secrets', 'Expected `secrets` to name at least one secret, got none.');
  }
  if (secrets.square !== undefined && squareUrl === undefined) {
    throw new ConstructsError('squareUrl', 'Expected `squareUrl` with the secret of Square, got none.');
  }
}

/**
 * Creates the webhook door: a function with an address of its own, without IAM, for senders that sign in a way of theirs. It
 * checks the signature and puts the request into the queue of `ingest`. It may read the secrets that are named, and write to
 * that queue; it does nothing else.
 */
export function createDoor(scope: Construct, props: DoorProps): Door {
  const { queue, secrets, squareUrl } = props;
  const given = Object.entries(secrets).filter(
    (entry): entry is [string, RuntimeSecret] => entry[1] !== undefined,
  );
  const { queue: _, secrets: __, squareUrl: ___, ...common } = props;
  const door = createFunction(scope, {
    ...common,
    name: 'door',
    timeout: consumerTimeout,
    environment: {
      QUEUE_URL: queue.queueUrl,
      ...Object.fromEntries(
        given.map(([name, { reference }]) => [`${name.toUpperCase()}_WEBHOOK_SECRET`, reference]),
      ),
      ...(squareUrl === undefined ? {} : { SQUARE_NOTIFICATION_URL: squareUrl }),
    },
  });
  queue.grantSendMessages(door);
  for (const [, secretOf] of given) secretOf.grantRead(door);
  return { door, url: door.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE }) };
}
