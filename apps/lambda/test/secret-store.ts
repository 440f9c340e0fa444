import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A store of secrets that counts: the embedded endpoint has no Secrets Manager. */
export interface SecretStore {
  readonly url: string;
  /** Body of every call. */
  readonly details: readonly string[];
  /** Changes the secret. */
  rotate(key: string): void;
  close(): Promise<void>;
}

/** Starts one on a free port of this machine; its secret is a document with a `key`. */
export async function startSecretStore(firstKey: string): Promise<SecretStore> {
  let key = firstKey;
  const details: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      details.push(body);
      response.end(JSON.stringify({ SecretString: JSON.stringify({ key }) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    details,
    rotate(next) {
      key = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
