import uPlot from 'uplot';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Reads a colour of the style sheets, as it is in the theme of now. */
export const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** The same, lighter by a share. */
export const faint = (name: string, share: number): string =>
  `color-mix(in srgb, ${colour(name)} ${Math.round(share * 100)}%, transparent)`;

/** Keeps a uPlot in an element: of its width, made again when one of `again` changes. */
export function usePlot(
  box: RefObject<HTMLDivElement | null>,
  make: () => Omit<uPlot.Options, 'width' | 'height'>,
  again: readonly unknown[],
): RefObject<uPlot | undefined> {
  const plot = useRef<uPlot | undefined>(undefined);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const size = (): { width: number; height: number } => ({
      width: Math.max(60, element.clientWidth),
      height: Math.max(40, element.clientHeight),
    });
    const options = make();
    const own = new uPlot({ ...options, ...size() }, [[], ...options.series.slice(1).map(() => [])], element);
    plot.current = own;
    const observer = new ResizeObserver(() => {
      own.setSize(size());
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      own.destroy();
      plot.current = undefined;
    };
  }, again);
  return plot;
}
