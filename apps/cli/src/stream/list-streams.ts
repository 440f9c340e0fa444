import { FirehoseClient, ListDeliveryStreamsCommand } from '@aws-sdk/client-firehose';
import { clientOptions } from '../aws/client-options.js';
import type { CommonFlags } from '../options/common-options.js';
import { formatTable } from '../output/table.js';
import { writeJson, writeOut } from '../output/write-out.js';
import type { Terminal } from '../terminal/terminal.js';
import { describeStream, type DescribedStream } from './described-stream.js';

/** Runs `store stream list`: every delivery stream of the account and region, or of the endpoint. */
export async function runListStreams(flags: CommonFlags, { env, stdout, signal }: Terminal): Promise<void> {
  const firehose = new FirehoseClient(clientOptions('FIREHOSE', env));
  try {
    const streams: DescribedStream[] = [];
    for (let last: string | undefined, more = true; more;) {
      const page = await firehose.send(
        new ListDeliveryStreamsCommand({
          Limit: 10,
          ...(last === undefined ? {} : { ExclusiveStartDeliveryStreamName: last }),
        }),
        { abortSignal: signal },
      );
      const found = page.DeliveryStreamNames ?? [];
      // One after the other: DescribeDeliveryStream has five calls a second ("Amazon Data Firehose Quota", 2026).
      for (const name of found) streams.push(await describeStream(firehose, name, signal));
      more = page.HasMoreDeliveryStreams === true && found.length > 0;
      last = found.at(-1);
    }
    if (flags.json === true) {
      await writeJson(stdout, streams);
      return;
    }
    const titles = ['stream', 'status', 'table', 'bucket'].map((title) => ({ title }));
    const rows = streams.map(({ name, status, table, bucket }) => [
      name,
      status,
      table === undefined ? null : `${table.database}.${table.name}`,
      bucket ?? null,
    ]);
    await writeOut(stdout, `${formatTable(titles, rows, { stdout, env })}\n`);
  } finally {
    firehose.destroy();
  }
}
