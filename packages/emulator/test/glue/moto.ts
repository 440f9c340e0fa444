import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Whether Python with moto's server is on this machine. */
export const hasMoto: boolean =
  spawnSync('python3', [
    '-c',
    'import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ["moto", "flask", "flask_cors"])))',
  ]).status === 0;

// It ends with its standard input, so that no test leaves it behind.
const program = `
import logging, sys
logging.disable(logging.CRITICAL)
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)
server.start()
print('http://%s:%d' % server.get_host_and_port(), flush=True)
sys.stdin.read()
server.stop()
`;

/** Starts moto on a free port. */
export async function startMoto(): Promise<{ readonly endpoint: string; close(): void }> {
  const child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http://')) return { endpoint: line, close: () => void child.stdin.end() };
  }
  throw new Error('moto ended before it said where it listens');
}
