import type { JSX } from 'preact';
import { hashOf, type Address, type ViewName } from '../address.js';

/** What the views are called. */
export const viewTitles: Readonly<Record<ViewName, string>> = { live: 'Live', data: 'Data', sql: 'SQL' };

/** Links to the views: in the bar, or on a telephone at the foot of the window. */
export function ViewLinks({
  address,
  kind,
  children,
}: {
  readonly address: Address;
  readonly kind: 'tabs' | 'phone';
  readonly children?: JSX.Element;
}): JSX.Element {
  return (
    <nav class={kind} aria-label="Views">
      {(['live', 'data', 'sql'] as const).map((view) => (
        <a
          key={view}
          href={hashOf({ ...address, view })}
          aria-current={view === address.view ? 'page' : undefined}
        >
          {viewTitles[view]}
        </a>
      ))}
      {children}
    </nav>
  );
}
