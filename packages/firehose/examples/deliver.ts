import { createFirehoseProducer, inProcessTransport } from '@store/firehose';

interface Order {
  readonly id: number;
  readonly total: number;
}

let refusals = 1;
const producer = createFirehoseProducer<Order>({
  deliveryStreamName: 'orders',
  // Leave this out to send to AWS, or to $AWS_ENDPOINT_URL. Here the stream is this function, busy at first.
  transport: inProcessTransport((records) => {
    const busy = refusals-- > 0;
    const RequestResponses = records.map(() =>
      busy ? { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' } : { RecordId: 'r-1' },
    );
    return { FailedPutCount: busy ? records.length : 0, RequestResponses };
  }),
});

function* orders(): Generator<Order> {
  for (let id = 1; id <= 1000; id++) yield { id, total: id * 3 };
}
await producer.pipe(orders());
const receipt = producer.send({ id: 1001, total: 0 });
await producer.close();

const { accepted, delivered, failed, spooled, pending, billedUnits, retriedRecords } = producer.stats();
console.log({ accepted, delivered, failed, spooled, pending });
console.log(`${retriedRecords} records went twice, billed as ${billedUnits} units of 5 KiB`);
console.log(await receipt);
