import { AccessDeniedException } from '@aws-sdk/client-glue';
import { GlueSchemaError } from '../errors.js';

/** What a call is made for, and how it ends early. */
export interface GlueCall {
  /** The action as IAM names it, without `glue:`. */
  readonly action: string;
  /** Table that it is about. */
  readonly table: Named;
  /** Ends the call. */
  readonly signal?: AbortSignal | undefined;
}

/** A table's address, as far as a message names it. */
interface Named {
  readonly databaseName: string;
  readonly tableName: string;
}

/**
 * Makes one call of Glue; a denied one says which action was denied, and what to ask for.
 *
 * @throws GlueSchemaError `ACCESS_DENIED`; every other error as Glue gave it.
 */
export async function callGlue<T>(
  { action, table, signal }: GlueCall,
  send: (options: { abortSignal?: AbortSignal }) => Promise<T>,
): Promise<T> {
  try {
    return await send(signal === undefined ? {} : { abortSignal: signal });
  } catch (error) {
    if (!(error instanceof AccessDeniedException)) throw error;
    throw denied(action, table, error);
  }
}

function denied(action: string, table: Named, cause: Error): GlueSchemaError {
  const name = `${table.databaseName}.${table.tableName}`;
  // What IAM says names the action itself, which may be another than that of the call.
  const named = /\bglue:[A-Za-z]+/.exec(cause.message)?.[0] ?? `glue:${action}`;
  const isLakeFormation = /lake ?formation/i.test(cause.message);
  const advice = isLakeFormation ? grantAdvice(cause.message, name) : `ask for the action ${named} on it`;
  return new GlueSchemaError(
    'ACCESS_DENIED',
    `AWS denies ${named} for "${name}" (${cause.message.replace(/\.$/, '')}); ${advice}`,
    { action: named, table: name, advice },
    { cause },
  );
}

/** Source: Lake Formation developer guide, troubleshooting and permissions reference, read 2026-11. */
function grantAdvice(message: string, name: string): string {
  const permission = /Required ([A-Za-z_ ]+?) on /
    .exec(message)?.[1]
    ?.trim()
    .toUpperCase()
    .replaceAll(' ', '_');
  const wanted = permission ?? 'the permission';
  const place =
    permission === undefined || /ALTER|CREATE/.test(permission)
      ? '; ALTER and CREATE_TABLE also need DATA_LOCATION_ACCESS on the S3 place of the table'
      : '';
  return (
    `IAM is not enough here: let a Lake Formation administrator grant ${wanted} on ${name} to this role, as ` +
    `\`aws lakeformation grant-permissions\` does${place}`
  );
}
