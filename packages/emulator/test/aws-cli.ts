import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** The AWS CLI as Debian packs it; its age makes it speak SQS's query protocol. */
const program = '/usr/bin/aws';
export const hasAwsCli: boolean = existsSync(program);

/** What a command of the CLI wrote and how it ended. */
export interface CliOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The CLI in one process, since starting it costs more than most of its calls. */
export interface AwsCli {
  run(...words: readonly string[]): Promise<CliOutcome>;
  close(): void;
}

// The CLI's own entry point, called once a line.
const loop = `
import contextlib, io, json, sys
from awscli.clidriver import create_clidriver
class Out(io.TextIOWrapper):
    def __init__(self):
        super().__init__(io.BytesIO(), encoding='utf-8', write_through=True)
    def text(self):
        return self.buffer.getvalue().decode('utf-8', 'backslashreplace')
driver = create_clidriver()
for line in sys.stdin:
    out, err = Out(), Out()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = driver.main(json.loads(line))
        except SystemExit as end:
            code = end.code
    sys.stdout.write(json.dumps({'code': code or 0, 'stdout': out.text(), 'stderr': err.text()}) + '\\n')
    sys.stdout.flush()
`;

export function startAwsCli(endpoint: string): AwsCli {
  const child = spawn('/usr/bin/python3', ['-c', loop], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH ?? '',
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_MAX_ATTEMPTS: '1',
      AWS_PAGER: '',
      PYTHONWARNINGS: 'ignore',
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run(...words) {
      const all = ['--endpoint-url', endpoint, '--output', 'json', ...words];
      child.stdin.write(`${JSON.stringify(all)}\n`);
      const next: IteratorResult<string, unknown> = await lines.next();
      // The loop above writes nothing else.
      return JSON.parse(String(next.value)) as CliOutcome;
    },
    close() {
      child.stdin.end();
    },
  };
}
