import { Token } from 'aws-cdk-lib';
import { nested, required, satisfying, type OptionRule } from '@store/foundation';
import { RuntimeSecret } from './runtime-secret.js';

/** The truck system's webhook, as `dispatch` calls it. */
export interface TruckWebhook {
  /** Its https address. */
  readonly url: string;
  /** What calls are signed with, in both directions: at least 16 characters, which `dispatch` reads when it runs. */
  readonly secret: RuntimeSecret;
}

/** What a {@link TruckWebhook} is checked by. */
export const truckWebhookRule: OptionRule = nested({
  url: required(
    satisfying(
      'an https address',
      (value) => typeof value === 'string' && (Token.isUnresolved(value) || /^https:\/\/\S+$/.test(value)),
    ),
  ),
  secret: required(satisfying('a RuntimeSecret', (value) => value instanceof RuntimeSecret)),
});
