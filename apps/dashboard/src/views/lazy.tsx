import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/**
 * A component whose script is loaded when it is first shown.
 *
 * @example
 * ```tsx
 * const SqlView = lazy(async () => (await import('./views/sql-view.js')).SqlView);
 * ```
 */
export function lazy<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => JSX.Element {
  let Loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props): JSX.Element {
    const [problem, setProblem] = useState<string>();
    const [, setLoaded] = useState(Loaded !== undefined);
    useEffect(() => {
      if (Loaded !== undefined) return;
      load().then(
        (component) => {
          Loaded = component;
          setLoaded(true);
        },
        () => {
          setProblem(
            'This part of the page could not be loaded. Check that `store up` is running, then reload the page.',
          );
        },
      );
    }, []);
    if (Loaded !== undefined) return <Loaded {...props} />;
    return (
      <p class="loading" role="status">
        {problem ?? 'Loading…'}
      </p>
    );
  };
}
