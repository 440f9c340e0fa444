import { invalidValue } from './sqs-rules.js';

const permissions = ['allowAll', 'denyAll', 'byQueue'];
/** Queues that a policy may list; source: SQS API reference, SetQueueAttributes, read 2026-11. */
const MAX_SOURCES = 10;

/** Refuses a redrive allow policy that SQS would not keep. */
export function checkRedriveAllowPolicy(text: string): void {
  if (text === '') return;
  const refused = (reason: string): Error => invalidValue(text, 'RedriveAllowPolicy', reason);
  const policy = policyOf(text);
  if (policy === undefined) throw refused('Redrive allow policy is not a valid JSON map.');
  if (!permissions.includes(String(policy.redrivePermission))) {
    throw refused(`redrivePermission must be one of ${permissions.join(', ')}.`);
  }
  const sources = sourcesOf(policy);
  if (policy.redrivePermission !== 'byQueue') {
    if (policy.sourceQueueArns !== undefined) throw refused('sourceQueueArns is for byQueue alone.');
  } else if (sources.length === 0 || sources.length > MAX_SOURCES) {
    throw refused(`byQueue needs 1 to ${MAX_SOURCES} sourceQueueArns.`);
  }
}

/** Whether a queue's redrive allow policy lets another make it its dead-letter queue. */
export function allowsRedrive(text: string | undefined, sourceArn: string): boolean {
  // Without a policy all queues may; what earlier releases kept unread allows only the queues that it names.
  const policy = text === undefined || text === '' ? undefined : policyOf(text);
  if (policy === undefined || policy.redrivePermission === 'allowAll') return true;
  return policy.redrivePermission === 'byQueue' && sourcesOf(policy).includes(sourceArn);
}

interface Policy {
  readonly redrivePermission?: unknown;
  readonly sourceQueueArns?: unknown;
}

function sourcesOf({ sourceQueueArns: sources }: Policy): readonly unknown[] {
  return Array.isArray(sources) ? sources : [];
}

function policyOf(text: string): Policy | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
