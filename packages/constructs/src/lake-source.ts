import {
  Duration,
  aws_lambda as lambda,
  aws_lambda_event_sources as sources,
  type aws_kinesis as kinesis,
  type aws_sqs as sqs,
} from 'aws-cdk-lib';
import { ConstructsError } from './errors.js';
import type { LakeIntake } from './lake-intake.js';
import type { RuntimeSecret } from './runtime-secret.js';
import { checkSecrets, type WebhookSecrets } from './webhook-door.js';

/** Senders that sign in a way of theirs. */
export interface WebhookAuthProps {
  /** Their secrets. */
  readonly secrets: WebhookSecrets;
  /** The address that Square was told, which it signs. Needed with its secret. @defaultValue none */
  readonly squareUrl?: string;
}

/** How a caller of an address shows who it is. */
export class LakeAuth {
  readonly #open: (intake: LakeIntake) => void;

  private constructor(open: (intake: LakeIntake) => void) {
    this.#open = open;
  }

  /**
   * Calls signed with AWS's own keys: for roles that may `lambda:InvokeFunctionUrl`. The answer says what became of each
   * record.
   */
  static iam(): LakeAuth {
    return new LakeAuth((intake) => {
      intake.setIngestUrl(intake.ingest.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM }));
    });
  }

  /**
   * Calls with an HMAC-SHA-256 of their time and body, keyed by the secret, in `store-signature`. They go into a queue before they
   * are answered.
   *
   * @throws ConstructsError `INVALID_OPTION`
   */
  static hmac(secret: RuntimeSecret): LakeAuth {
    return LakeAuth.webhooks({ secrets: { generic: secret } });
  }

  /**
   * Webhooks of Shopify, WooCommerce, Square and systems of yours, each signed in its own way.
   *
   * @throws ConstructsError `INVALID_OPTION`
   */
  static webhooks({ secrets, squareUrl }: WebhookAuthProps): LakeAuth {
    checkSecrets(secrets, squareUrl);
    return new LakeAuth((intake) => {
      intake.openDoor(secrets, squareUrl);
    });
  }

  /**
   * Opens the address; the lake calls it.
   *
   * @internal
   */
  open(intake: LakeIntake): void {
    this.#open(intake);
  }
}

/** An address of its own. */
export interface FunctionUrlSourceProps {
  /** Who may call it. */
  readonly auth: LakeAuth;
}

/**
 * Where real inventory events come from. What comes is validated, mapped where it is somebody else's, and sent to the delivery
 * streams; what is rejected is kept, whole, with its reason.
 *
 * @example
 * ```ts
 * import { LakeSource, type InventoryLakeProps } from '@store/constructs';
 * import type { aws_kinesis as kinesis, aws_sqs as sqs } from 'aws-cdk-lib';
 *
 * export const sourcesOf = (orders: sqs.IQueue, tills: kinesis.IStream): InventoryLakeProps => ({
 *   sources: [LakeSource.queue(orders), LakeSource.kinesis(tills)],
 * });
 * ```
 */
export class LakeSource {
  readonly #attach: (intake: LakeIntake) => void;

  private constructor(attach: (intake: LakeIntake) => void) {
    this.#attach = attach;
  }

  /**
   * Messages of a queue, a hundred at a time.
   *
   * @param queue - its visibility timeout must be six minutes or more. Without one, the lake makes `ingestQueue`.
   */
  static queue(queue?: sqs.IQueue): LakeSource {
    return new LakeSource((intake) => {
      if (queue === undefined) intake.queue();
      else intake.readFrom(queue);
    });
  }

  /** Files below `incoming/` in the bucket that the lake makes: those of a bucket of yours you send to a queue yourself. */
  static files(): LakeSource {
    return new LakeSource((intake) => {
      intake.takeFiles();
    });
  }

  /** Calls of an HTTPS address. */
  static functionUrl({ auth }: FunctionUrlSourceProps): LakeSource {
    if (!(auth instanceof LakeAuth)) {
      throw new ConstructsError('auth', 'Expected `auth` to be a LakeAuth, such as LakeAuth.iam().');
    }
    return new LakeSource((intake) => {
      auth.open(intake);
    });
  }

  /** Records of a Kinesis stream, from the oldest on; a batch that fails is halved, and kept when that does not help. */
  static kinesis(stream: kinesis.IStream): LakeSource {
    return new LakeSource((intake) => {
      intake.ingest.addEventSource(
        new sources.KinesisEventSource(stream, {
          startingPosition: lambda.StartingPosition.TRIM_HORIZON,
          batchSize: 100,
          maxBatchingWindow: Duration.seconds(5),
          bisectBatchOnError: true,
          reportBatchItemFailures: true,
          retryAttempts: 10,
          onFailure: new sources.SqsDlq(intake.deadLetterQueue),
        }),
      );
    });
  }

  /**
   * Attaches the source; the lake calls it.
   *
   * @internal
   */
  attachTo(intake: LakeIntake): void {
    this.#attach(intake);
  }
}
