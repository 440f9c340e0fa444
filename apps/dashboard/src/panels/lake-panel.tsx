import type { JSX } from 'preact';
import { bytes, count } from '../format.js';
import type { LakeGauges } from '@store/page-protocol';
import { Gauge } from './gauge.js';

/** What the lake needs. */
export interface LakePanelProps {
  readonly lake: LakeGauges;
  readonly accepted: number;
}

/** What lies in the lake, against what was acknowledged. */
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
