import type { JSX } from 'preact';

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
