import type { ControlRequest, ErrorAnswer, QueryAnswer, SeriesAnswer } from '@store/page-protocol';

/** Asks the world to do something; rejects with the server's own words. */
export async function control(request: ControlRequest): Promise<void> {
  await post('api/control', request);
}

/** Runs one statement over the lake. */
export async function query(sql: string): Promise<QueryAnswer> {
  return (await post('api/query', { sql })) as QueryAnswer;
}

/** The history of one shelf. */
export async function series(storeId: string, productId: string, signal: AbortSignal): Promise<SeriesAnswer> {
  const where = new URLSearchParams({ store: storeId, product: productId });
  return (await answer(await fetch(`api/series?${where.toString()}`, { signal }))) as SeriesAnswer;
}

async function post(path: string, body: unknown): Promise<unknown> {
  return answer(
    await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
}

// The parse boundary: the server of this page answers in the protocol's shapes.
async function answer(response: Response): Promise<unknown> {
  const body = (await response.json()) as unknown;
  if (!response.ok) throw new Error((body as ErrorAnswer).error);
  return body;
}
