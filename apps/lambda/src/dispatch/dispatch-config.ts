import { isLoopback } from '../aws/service-endpoint.js';
import { invalid, optionalText, requiredText, wholeNumber, type Environment } from '../config/environment.js';

/** Settings of `dispatch`, read once. */
export interface DispatchConfig {
  readonly webhook: { readonly url: string; readonly secret: string; readonly timeoutMs: number } | undefined;
  readonly eventBusName: string | undefined;
  readonly marginMs: number;
}

/** @throws HandlerError `INVALID_CONFIG` */
export function readDispatchConfig(env: Environment): DispatchConfig {
  const url = optionalText(env, 'WEBHOOK_URL');
  const eventBusName = optionalText(env, 'EVENT_BUS_NAME');
  if (url === undefined && eventBusName === undefined) {
    throw invalid('WEBHOOK_URL or EVENT_BUS_NAME', 'to be set, for somebody to hear of restock requests');
  }
  return {
    webhook: url === undefined ? undefined : webhookOf(url, env),
    eventBusName,
    marginMs: wholeNumber(env, 'DEADLINE_MARGIN_MS', { least: 100, most: 600_000, otherwise: 1000 }),
  };
}

function webhookOf(url: string, env: Environment): NonNullable<DispatchConfig['webhook']> {
  const secure = URL.canParse(url) && (new URL(url).protocol === 'https:' || isLoopback(url));
  if (!secure) throw invalid('WEBHOOK_URL', 'to be an https address');
  const secret = requiredText(env, 'WEBHOOK_SECRET');
  if (secret.length < 16) throw invalid('WEBHOOK_SECRET', 'to have at least 16 characters');
  return {
    url,
    secret,
    timeoutMs: wholeNumber(env, 'WEBHOOK_TIMEOUT_MS', { least: 100, most: 60_000, otherwise: 5000 }),
  };
}
