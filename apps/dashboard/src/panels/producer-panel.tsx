import type { JSX } from 'preact';
import { bytes, count } from '../format.js';
import type { ProducerGauges } from '@store/page-protocol';
import { Gauge } from './gauge.js';

/** What the Firehose producer does. */
export function ProducerPanel({ producer }: { readonly producer: ProducerGauges }): JSX.Element {
  const { eventBytes, billedBytes } = producer;
  const overhead = eventBytes === 0 ? '–' : `${((billedBytes / eventBytes - 1) * 100).toFixed(1)} %`;
  return (
    <section class="panel producer" aria-labelledby="producer-title">
      <h2 id="producer-title">Producer</h2>
      <dl>
        <Gauge name="events/s" value={count(producer.eventsPerSecond)} />
        <Gauge name="accepted" value={count(producer.accepted)} about="events acknowledged by the endpoint" />
        <Gauge name="in flight" value={count(producer.inFlight)} about="calls that wait for an answer" />
        <Gauge name="waiting" value={count(producer.pending)} about="events that are not acknowledged yet" />
        <Gauge name="retries" value={count(producer.retries)} />
        <Gauge
          name="ambiguous"
          value={count(producer.ambiguous)}
          about="records sent again since nobody knows whether they arrived; their events may lie in the lake twice"
        />
        <Gauge
          name="given up"
          value={count(producer.failed)}
          {...(producer.failed > 0 ? { state: 'bad' as const } : {})}
        />
        <Gauge name="event bytes" value={bytes(eventBytes)} />
        <Gauge name="billed bytes" value={bytes(billedBytes)} about="each record is rounded up to 5 KiB" />
        <Gauge name="rounding" value={overhead} />
        <Gauge
          name="on AWS"
          value={`$${producer.dollars.toFixed(6)}`}
          about="ingestion and format conversion, us-east-1"
        />
      </dl>
    </section>
  );
}
