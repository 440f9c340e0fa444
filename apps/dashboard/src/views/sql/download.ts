import { answer, postBody } from '../../feed.js';

/** A browser has begun to save a file within this. */
const keptMs = 60_000;

/** Runs a statement, and has the browser save its rows as a file, as a click on a link to it does. */
export async function download(request: {
  readonly sql: string;
  readonly format: 'csv' | 'parquet';
  readonly run: number | undefined;
}): Promise<void> {
  const response = await postBody('api/download', request);
  if (!response.ok) await answer(response);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `rows.${request.format}`;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, keptMs);
}
