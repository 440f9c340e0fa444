import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The null endpoint in another process, so that its CPU time is not the client's. */
export async function startNullEndpoint(): Promise<{ readonly url: string; close(): void }> {
  const child = fork(fileURLToPath(new URL('null-endpoint.ts', import.meta.url)), {
    execArgv: process.execArgv,
  });
  const [port] = (await once(child, 'message')) as [number]; // The child sends its port and nothing else.
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      child.disconnect();
    },
  };
}
