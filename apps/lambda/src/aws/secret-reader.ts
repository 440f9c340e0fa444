import type { Clock } from '@store/foundation';
import type { Environment } from '../environment.js';
import { HandlerError } from '../errors.js';
import { clientSettings, onFirstUse } from './clients.js';

/** How long what was read counts. */
export const secretLimits: Readonly<{ lifeMs: number; doubtMs: number }> = Object.freeze({
  /** A secret is used so long, in milliseconds: after a rotation the new one counts within this time. */
  lifeMs: 300_000,
  /** A secret that a signature does not fit is read again if it is older: a rotation, or a stranger, who must not cost a call each. */
  doubtMs: 30_000,
});

/** A secret that changes while the function lives. */
export interface SecretReader {
  /**
   * The secret as it was read within the last five minutes.
   *
   * @throws HandlerError `INVALID_CONFIG` where it is shorter than it must be; the SDK's error where its store does not give it
   */
  read(): Promise<string>;
  /** Whether something fits the secret, or the one that took its place since it was read. */
  fits(check: (secret: string) => boolean): Promise<boolean>;
}

/**
 * Returns what reads the secret of a setting: `ssm:NAME` is a parameter of Systems Manager, `secretsmanager:ID` the text of a
 * secret (`secretsmanager:ID#FIELD` a field of it), and anything else the secret itself, for a run on one's own machine.
 *
 * @param name - the setting, for messages
 * @param leastChars - characters that the secret must have
 */
export function secretReader(
  {
    name,
    setting,
    leastChars,
  }: { readonly name: string; readonly setting: string; readonly leastChars: number },
  env: Environment,
  clock: Clock,
): SecretReader {
  const open = storeOf(name, setting, env);
  let last: Reading | undefined;

  /** Calls at the same time share one reading; one that failed is forgotten. */
  const readWithin = async (ageMs: number): Promise<string> => {
    if (last !== undefined && ageOf(last, clock) < ageMs) return last.secret;
    const reading = { secret: open().then(checked), at: clock.now(), wallAt: clock.wallNow() };
    last = reading;
    try {
      return await reading.secret;
    } catch (error) {
      if (last === reading) last = undefined;
      throw error;
    }
  };
  const checked = (secret: string): string => {
    if (secret.length >= leastChars) return secret;
    throw new HandlerError(
      'INVALID_CONFIG',
      `Expected the secret of ${name} to have at least ${leastChars} characters, got ${secret.length}.`,
    );
  };
  return {
    read: async () => readWithin(secretLimits.lifeMs),
    async fits(check) {
      const secret = await readWithin(secretLimits.lifeMs);
      if (check(secret)) return true;
      const again = await readWithin(secretLimits.doubtMs);
      return again !== secret && check(again);
    },
  };
}

interface Reading {
  readonly secret: Promise<string>;
  readonly at: number;
  readonly wallAt: number;
}

/** The longer of both clocks: one may stand while the function is frozen, and the other may be set. */
const ageOf = ({ at, wallAt }: Reading, clock: Clock): number =>
  Math.max(clock.now() - at, Math.abs(clock.wallNow() - wallAt));

/** What reads a setting's secret from where it is; the store's client is loaded at the first call. */
function storeOf(name: string, setting: string, env: Environment): () => Promise<string> {
  const [, store, reference = ''] = /^(ssm|secretsmanager):(.*)$/.exec(setting) ?? [];
  if (store === undefined) return async () => Promise.resolve(setting);
  const [id = '', field] = store === 'ssm' ? [reference] : reference.split('#');
  if (id === '')
    throw new HandlerError('INVALID_CONFIG', `Expected ${name} to name a secret after ${store}:.`);
  const settings = clientSettings(store === 'ssm' ? 'SSM' : 'SECRETS_MANAGER', env);
  const opened = onFirstUse(async () => {
    const { openParameter, openSecret } = await import('./secret-stores.js');
    return store === 'ssm' ? openParameter(id, settings) : openSecret(id, field, settings);
  });
  return async () => (await opened())();
}
