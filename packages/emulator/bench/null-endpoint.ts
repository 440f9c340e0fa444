import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The rival that nothing can beat: takes PutRecordBatch calls, reads them whole, keeps nothing, and says yes. */
export async function startNullEndpoint(): Promise<{ readonly endpoint: string; close(): void }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      let records = 0;
      for (let at = bytes.indexOf('"Data"'); at >= 0; at = bytes.indexOf('"Data"', at + 6)) records += 1;
      const RequestResponses = Array.from({ length: records }, () => ({ RecordId: 'x'.repeat(44) }));
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ FailedPutCount: 0, Encrypted: false, RequestResponses }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Listening on TCP, so the address has a port.
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
