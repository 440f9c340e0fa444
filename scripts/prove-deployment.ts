import { createWorld } from '@store/generator';

/** How a deployment is proven. */
export interface ProveOptions {
  /** Name of the stage, which is made for this and destroyed after it. */
  readonly stage: string;
  readonly stores: number;
  readonly products: number;
  /** Days of the world, one sent in each round. */
  readonly rounds: number;
  /** Seconds from the start of one round to that of the next. */
  readonly everySeconds: number;
  /** Seconds that events of a round may take to be found. */
  readonly withinSeconds: number;
  /** Leaves the stacks where they are, whatever came of it. */
  readonly keep: boolean;
}

/** What a proof works with: a dry run says commands instead of running them. */
export interface ProveTools {
  /** Runs a program to its end. @returns what it wrote to standard output; throws where it failed */
  readonly run: (program: string, args: readonly string[]) => string;
  /** Calls a function of the stack. @returns its answer, parsed */
  readonly invoke: (name: string, payload: object) => unknown;
  readonly wait: (seconds: number) => Promise<void>;
  readonly say: (line: string) => void;
  readonly dryRun: boolean;
}

/** One comparison: what the world says and what AWS says. */
interface Check {
  readonly what: string;
  readonly expected: number;
  readonly found: number;
}

const firstDay = Date.parse('2026-01-05T00:00:00.000Z');
const dayMs = 86_400_000;

/**
 * Deploys a stage, sends a day of a world each round and compares what Athena counts, what the ledger holds and what failed
 * with what the world says; destroys the stage in the end, also after a failure.
 *
 * @returns the comparisons that failed
 */
export async function prove(options: ProveOptions, tools: ProveTools): Promise<readonly string[]> {
  const { stage, keep } = options;
  const { run, say } = tools;
  const names = ['-c', `stage=${stage}`];
  say(
    `Account: ${tools.run('aws', ['sts', 'get-caller-identity', '--query', 'Account', '--output', 'text']).trim()}`,
  );
  run('npm', ['run', 'bootstrap', '--', ...names]);
  const wrong: string[] = [];
  try {
    run('npm', ['run', 'deploy', '--', ...names, '--all', '--require-approval', 'never']);
    for (let round = 0; round < options.rounds; round++) {
      if (round > 0) await tools.wait(options.everySeconds);
      for (const check of await proveRound(options, tools, round)) {
        const what = `round ${round + 1}, ${check.what}`;
        if (tools.dryRun) {
          say(
            `compare ${what}: ${Number.isNaN(check.expected) ? 'as the first plan says' : `expected ${check.expected}`}`,
          );
          continue;
        }
        const isRight = check.expected === check.found;
        const line = `${what}: expected ${check.expected}, found ${check.found}`;
        say(`${isRight ? 'right' : 'WRONG'}  ${line}`);
        if (!isRight) wrong.push(line);
      }
    }
  } finally {
    if (keep)
      say(`Kept: store-${stage}-core and store-${stage}-fan-out, which cost money until they are destroyed.`);
    else destroy(stage, tools);
  }
  return wrong;
}

async function proveRound(
  options: ProveOptions,
  tools: ProveTools,
  round: number,
): Promise<readonly Check[]> {
  const { stage, stores, products } = options;
  const start = new Date(firstDay + round * dayMs).toISOString();
  const world = { seed: 42 + round, stores, products, start, days: 1 };
  let events = 0;
  for (const event of createWorld(world).events()) if (event.event_id !== '') events++;
  const sent = tools.invoke(`store-${stage}-generate`, { ...world, earlyRequests: false });
  const next = new Date(firstDay + (round + 1) * dayMs).toISOString();
  const hour = (instant: string): string => `${instant.slice(0, 10)}-${instant.slice(11, 13)}`;
  const counted = await countUntil(options, tools, events, [hour(start), hour(next)]);
  const planned = tools.invoke(`store-${stage}-plan`, { all: true, at: next });
  const again = tools.invoke(`store-${stage}-plan`, { all: true, at: next });
  return [
    { what: 'events that generate sent', expected: events, found: numberOf(sent, 'accepted') },
    { what: 'rows that Athena counts', expected: events, found: counted.rows },
    { what: 'different ids of them', expected: events, found: counted.ids },
    {
      what: 'requests of the first plan that the second asks for again',
      expected: 0,
      found: numberOf(again, 'requestsSent'),
    },
    {
      what: 'requests that both plans know',
      expected: numberOf(planned, 'requestsSent') + numberOf(planned, 'requestsKnown'),
      found: numberOf(again, 'requestsKnown'),
    },
    { what: 'messages in queues of what failed', expected: 0, found: failedMessages(stage, tools) },
    { what: 'alarms that went off', expected: 0, found: alarms(stage, tools) },
  ];
}

interface Count {
  readonly rows: number;
  readonly ids: number;
}

/** Asks Athena until it counts what was sent, or time is up. */
async function countUntil(
  { stage, withinSeconds }: ProveOptions,
  tools: ProveTools,
  expected: number,
  [from, to]: readonly [string, string],
): Promise<Count> {
  const pause = 30;
  const sql = `SELECT count(*), count(DISTINCT event_id) FROM store_${stage}.inventory_events WHERE datehour >= '${from}' AND datehour < '${to}'`;
  for (let waited = 0; ; waited += pause) {
    const [rows = Number.NaN, ids = Number.NaN] = await query(stage, tools, sql);
    if (rows >= expected || waited >= withinSeconds || tools.dryRun) return { rows, ids };
    await tools.wait(pause);
  }
}

async function query(stage: string, tools: ProveTools, sql: string): Promise<readonly number[]> {
  const athena = (...args: readonly string[]): string =>
    tools.run('aws', ['athena', ...args, '--output', 'text']).trim();
  const started = athena(
    'start-query-execution',
    ...['--work-group', `store-${stage}-inventory`, '--query-string', sql, '--query', 'QueryExecutionId'],
  );
  const id = ['--query-execution-id', started];
  let state: string;
  do {
    await tools.wait(2);
    state = athena('get-query-execution', ...id, '--query', 'QueryExecution.Status.State');
  } while (!tools.dryRun && (state === 'QUEUED' || state === 'RUNNING'));
  if (!tools.dryRun && state !== 'SUCCEEDED')
    throw new Error(`Athena: the query ${started} ended as ${state}.`);
  const values = athena('get-query-results', ...id, '--query', 'ResultSet.Rows[1].Data[].VarCharValue');
  return values.split(/\s+/).map(Number);
}

function failedMessages(stage: string, tools: ProveTools): number {
  const counts = ['dead', 'restock-dead.fifo'].map((name) => {
    const url = tools
      .run('aws', [
        'sqs',
        'get-queue-url',
        '--queue-name',
        `store-${stage}-${name}`,
        '--query',
        'QueueUrl',
        '--output',
        'text',
      ])
      .trim();
    const attribute = 'ApproximateNumberOfMessages';
    return Number(
      tools.run('aws', [
        ...['sqs', 'get-queue-attributes', '--queue-url', url, '--attribute-names', attribute],
        ...['--query', `Attributes.${attribute}`, '--output', 'text'],
      ]),
    );
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

function alarms(stage: string, tools: ProveTools): number {
  return Number(
    tools.run('aws', [
      ...[
        'cloudwatch',
        'describe-alarms',
        '--state-value',
        'ALARM',
        '--alarm-name-prefix',
        `store-${stage}-`,
      ],
      ...['--query', 'length(MetricAlarms)', '--output', 'text'],
    ]),
  );
}

/** Empties the buckets, which CloudFormation does not, and takes both stacks away. */
function destroy(stage: string, { run }: ProveTools): void {
  const buckets = run('aws', [
    ...['cloudformation', 'describe-stack-resources', '--stack-name', `store-${stage}-core`],
    ...['--query', "StackResources[?ResourceType=='AWS::S3::Bucket'].PhysicalResourceId", '--output', 'text'],
  ]);
  for (const bucket of buckets.split(/\s+/).filter((name) => name !== '')) {
    run('aws', ['s3', 'rm', '--recursive', '--only-show-errors', `s3://${bucket}`]);
  }
  run('npm', ['run', 'destroy', '--', '-c', `stage=${stage}`, '--all', '--force']);
}

/** A number of an answer; not a number where it is not there, which equals nothing. */
function numberOf(answer: unknown, name: string): number {
  const value: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
  return typeof value === 'number' ? value : Number.NaN;
}
