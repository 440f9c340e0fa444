import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** The AWS CLI as Debian packs it. */
const program = '/usr/bin/aws';
export const hasAwsCli: boolean = existsSync(program);

/** What a command of the CLI wrote and how it ended. */
export interface CliOutcome {
  readonly code: number;
  readonly said: string;
}

/** The CLI in one process, since its start costs more than most of its calls. */
export interface AwsCli {
  run(...words: readonly string[]): Promise<CliOutcome>;
  close(): void;
}

// The CLI's own entry point, called once a line.
const loop = `
import contextlib, io, json, sys
from awscli.clidriver import create_clidriver
driver = create_clidriver()
for line in sys.stdin:
    out = io.TextIOWrapper(io.BytesIO(), encoding='utf-8', write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = driver.main(json.loads(line))
        except SystemExit as end:
            code = end.code
    said = out.buffer.getvalue().decode('utf-8', 'backslashreplace')
    sys.stdout.write(json.dumps({'code': code or 0, 'said': said}) + '\\n')
    sys.stdout.flush()
`;

/** Starts the CLI in a folder, against an endpoint; its commands run one after the other. */
export function startAwsCli(endpoint: string, folder: string): AwsCli {
  const child = spawn('/usr/bin/python3', ['-c', loop], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_PAGER: '',
      PYTHONWARNINGS: 'ignore',
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run(...words) {
      // This version does not read AWS_ENDPOINT_URL yet.
      child.stdin.write(`${JSON.stringify(['--endpoint-url', endpoint, ...words])}\n`);
      const next: IteratorResult<string, unknown> = await lines.next();
      // The loop above writes nothing else.
      return JSON.parse(String(next.value)) as CliOutcome;
    },
    close() {
      child.stdin.end();
    },
  };
}
