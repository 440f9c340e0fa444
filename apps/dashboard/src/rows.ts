import type { RefObject, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Rows that a key moves the focus by: a page is about what is seen of a list. */
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** What a list with one stop of Tab gives to its parts. */
export interface Rows {
  /** For the element around the rows. */
  readonly onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => void;
  /** For the button of each row. */
  readonly stop: (key: string) => {
    readonly 'data-row': true;
    readonly tabIndex: number;
    readonly onFocus: () => void;
  };
}

/**
 * Makes one stop of Tab of a list, whose rows the arrow keys lead to: the row that had the focus last, otherwise the chosen
 * one, otherwise the first. A row that leaves the list with the focus leaves it to that stop.
 *
 * @param box - the element around the rows
 * @param keys - of the rows in the tree
 */
export function useRows(box: RefObject<HTMLElement | null>, keys: readonly string[], chosen?: string): Rows {
  const [last, setLast] = useState<string>();
  const isInside = useRef(false);
  const at = [last, chosen].find((key) => key !== undefined && keys.includes(key)) ?? keys[0];
  useEffect(() => {
    const { activeElement, body } = document;
    if (isInside.current && activeElement === body && at !== last)
      box.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus({ preventScroll: true });
    isInside.current = box.current?.contains(document.activeElement) === true;
  });
  return {
    onKeyDown(event) {
      const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
      const from = all.findIndex((row) => row === document.activeElement);
      const step = steps[event.key];
      if (step === undefined || from < 0) return;
      event.preventDefault();
      all[Math.max(0, Math.min(all.length - 1, from + step))]?.focus();
    },
    stop: (key) => ({
      'data-row': true,
      tabIndex: key === at ? 0 : -1,
      onFocus: () => {
        setLast(key);
      },
    }),
  };
}
