import type { JSX } from 'preact';
import { bytes, count } from '../format.js';
import type { ProducerGauges, LakeGauges } from '@store/page-protocol';

/** One number with its name. */
export interface GaugeProps {
  readonly name: string;
  readonly value: string;
  /** What the number means, for those who hover. */
  readonly about?: string;
  readonly state?: 'good' | 'bad';
}

/** A number and what it is, as a term and its description. */
export function Gauge({ name, value, about, state }: GaugeProps): JSX.Element {
  return (
    <div class={`gauge ${state ?? ''}`} title={about}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

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
          about="records sent again, since no answer says whether they arrived; their events may be in the lake twice"
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

/** What the lake needs. */
export interface LakePanelProps {
  readonly lake: LakeGauges;
  readonly accepted: number;
}

/** Rows in the lake, against rows acknowledged. */
export function LakePanel({ lake, accepted }: LakePanelProps): JSX.Element {
  const missing = Math.max(0, accepted - lake.rows);
  return (
    <section class="panel lake" aria-labelledby="lake-title">
      <h2 id="lake-title">Lake</h2>
      <dl>
        <Gauge name="rows" value={count(lake.rows)} about="counted by SQL, unflushed rows included" />
        <Gauge name="distinct events" value={count(lake.distinctEvents)} />
        <Gauge name="Parquet files" value={count(lake.files)} />
        <Gauge name="size" value={bytes(lake.bytes)} />
        <Gauge
          name="freshness"
          value={`${count(lake.freshnessMs)} ms`}
          about="how long the last count over everything took"
        />
        <Gauge
          name="acknowledged since the count"
          value={count(missing)}
          about="events that were acknowledged after the lake was last counted"
        />
      </dl>
    </section>
  );
}
