import type { JSX } from 'preact';
import { count, worldTime } from '../format.js';
import type { StatusMessage } from '@store/page-protocol';

/** Trucks on the way, the next to arrive first. */
export function TrucksPanel({ status }: { readonly status: StatusMessage }): JSX.Element {
  return (
    <section class="panel trucks" aria-labelledby="trucks-title">
      <h2 id="trucks-title">
        Trucks{' '}
        <small>{`${count(status.trucksOnTheWay)} on the way, ${count(status.trucksArrived)} arrived`}</small>
      </h2>
      {status.trucks.length === 0 ? (
        <p class="empty">No truck is on the way.</p>
      ) : (
        <ul class="scroll" tabIndex={0} aria-labelledby="trucks-title">
          {status.trucks.map((truck) => (
            <li key={truck.id}>
              <span>{truck.storeName}</span>
              <span class="number">{`${count(truck.units)} units, ${count(truck.lines)} ${truck.lines === 1 ? 'product' : 'products'}`}</span>
              <small>{`arrives ${worldTime(truck.arrivesAt)}`}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
