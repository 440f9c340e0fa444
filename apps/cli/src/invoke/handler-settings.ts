import { names } from '../inventory/names.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings that a deployed function gets from its stack, as they are where `store emulator` has set things up: so
 * that a handler runs there without more. What the environment says itself goes first; against AWS nothing is assumed.
 */
export function handlerSettings(env: Environment): Readonly<Record<string, string>> {
  const endpoint = env.AWS_ENDPOINT_URL;
  if (endpoint === undefined || endpoint === '') return {};
  const settings = {
    AWS_REGION: 'us-east-1',
    STREAM_NAMES: names.deliveryStream,
    STREAM_NAME: names.deliveryStream,
    DATABASE: names.database,
    TABLE: names.table,
    REQUEST_QUEUE_URL: `${endpoint.replace(/\/$/, '')}/000000000000/${names.truckQueue}`,
  };
  return Object.fromEntries(Object.entries(settings).filter(([name]) => (env[name] ?? '') === ''));
}
