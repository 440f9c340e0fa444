import {
  Arn,
  Aws,
  aws_iam as iam,
  type aws_secretsmanager as secretsmanager,
  type aws_ssm as ssm,
} from 'aws-cdk-lib';
import { checkOptions, text, type OptionRules } from '@store/foundation';
import { invalidOption } from './errors.js';

/** A parameter's name, a secret's ARN, or one that CloudFormation fills in. */
const rules: OptionRules<{ readonly reference: string; readonly field: string }> = {
  reference: text(
    'ssm:/NAME, secretsmanager:ARN or secretsmanager:ARN#FIELD',
    /^(ssm:\/[\w./-]+|secretsmanager:(arn:[^*#]+|\$\{Token\[[^#]+)(#[^#]+)?)$/,
  ),
  field: text('the name of a field', /^[^#]+$/),
};

/**
 * A secret that a function reads when it runs. The template and the function's variables say where it is, never what it is, and
 * the function alone may read it. A secret that was changed counts within five minutes.
 *
 * @example
 * ```ts
 * import { InventoryLake, LakeAuth, LakeSource, RuntimeSecret } from '@store/constructs';
 * import { aws_secretsmanager as secretsmanager, type Stack } from 'aws-cdk-lib';
 *
 * export function lakeOf(stack: Stack) {
 *   const secret = RuntimeSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'Tills'));
 *   return new InventoryLake(stack, 'Lake', {
 *     sources: [LakeSource.functionUrl({ auth: LakeAuth.hmac(secret) })],
 *   });
 * }
 * ```
 */
export class RuntimeSecret {
  /** Where the secret is, as the function's variable says it: `ssm:/NAME`, `secretsmanager:ARN` or `secretsmanager:ARN#FIELD`. */
  readonly reference: string;
  readonly #grant: (grantee: iam.IGrantable) => iam.Grant;

  private constructor(reference: string, grant: (grantee: iam.IGrantable) => iam.Grant) {
    this.reference = reference;
    this.#grant = grant;
  }

  /**
   * A secret of Secrets Manager. Its key, where it has one of its own, is granted too.
   *
   * @param field - name of the field that holds the secret, where its text is a JSON object. Without it, the whole text counts.
   * @throws ConstructsError `INVALID_OPTION`
   */
  static fromSecretsManager(
    secret: secretsmanager.ISecret | secretsmanager.Secret,
    field?: string,
  ): RuntimeSecret {
    if (field !== undefined) checkOptions({ field }, rules, invalidOption);
    const reference = `secretsmanager:${secret.secretArn}${field === undefined ? '' : `#${field}`}`;
    return new RuntimeSecret(reference, (grantee) => secret.grantRead(grantee));
  }

  /** A parameter of Systems Manager: a `SecureString`, which the function decrypts. Its key, where it has one of its own, is granted too. */
  static fromSsmParameter(parameter: ssm.IParameter | ssm.StringParameter): RuntimeSecret {
    return new RuntimeSecret(`ssm:${parameter.parameterName}`, (grantee) => parameter.grantRead(grantee));
  }

  /**
   * A secret by its place as text: `ssm:/NAME`, `secretsmanager:ARN` or `secretsmanager:ARN#FIELD`, with the whole ARN. A key of
   * your own that it is encrypted with you grant yourself.
   *
   * @throws ConstructsError `INVALID_OPTION`
   */
  static fromReference(reference: string): RuntimeSecret {
    checkOptions({ reference }, rules, invalidOption);
    const isParameter = reference.startsWith('ssm:');
    const [place = ''] = reference.slice(reference.indexOf(':') + 1).split('#', 1);
    const pseudo = { partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID };
    const resource = isParameter
      ? Arn.format({ ...pseudo, service: 'ssm', resource: `parameter${place}` })
      : place;
    const actions = [isParameter ? 'ssm:GetParameter' : 'secretsmanager:GetSecretValue'];
    return new RuntimeSecret(reference, (grantee) =>
      iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [resource] }),
    );
  }

  /** Lets somebody read the secret. */
  grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.#grant(grantee);
  }
}
