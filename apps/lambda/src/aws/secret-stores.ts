import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { calling, type ClientSettings } from './clients.js';

/** Opens a parameter of Systems Manager. @returns what reads its text, decrypted; empty where it has none */
export function openParameter(name: string, settings: ClientSettings): () => Promise<string> {
  const ssm = new SSMClient(settings);
  return async () => {
    const command = new GetParameterCommand({ Name: name, WithDecryption: true });
    const { Parameter } = await calling('ssm:GetParameter', ssm.send(command));
    return Parameter?.Value ?? '';
  };
}

/** Opens a secret of Secrets Manager. @returns what reads its text, or one field of it; empty where there is none */
export function openSecret(
  id: string,
  field: string | undefined,
  settings: ClientSettings,
): () => Promise<string> {
  const secrets = new SecretsManagerClient(settings);
  return async () => {
    const command = new GetSecretValueCommand({ SecretId: id });
    const { SecretString: text = '' } = await calling('secretsmanager:GetSecretValue', secrets.send(command));
    return field === undefined ? text : textIn(text, field);
  };
}

/** A field of a document. What is no document has none: its text must be in no message of a parser. */
function textIn(text: string, name: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return '';
  }
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : '';
}
