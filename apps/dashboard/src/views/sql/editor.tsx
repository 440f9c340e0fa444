import type { CSSProperties, JSX, RefObject, TargetedKeyboardEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { SchemaAnswer } from '@store/page-protocol';
import { completionsAt, type Completion } from './completion.js';
import { placeOf } from './statements.js';

/** What the editor needs. */
export interface EditorProps {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly value: string;
  readonly schema: SchemaAnswer;
  readonly onInput: (value: string) => void;
  readonly onRun: () => void;
}

const steps: ReadonlyMap<string, number> = new Map([
  ['ArrowDown', 1],
  ['ArrowUp', -1],
]);

interface Open {
  readonly from: number;
  readonly words: readonly Completion[];
  readonly chosen: number;
  readonly place: { readonly line: number; readonly column: number };
}

/** A box for statements. A list of words opens while one is written, or with Ctrl+Space; Ctrl+Enter runs. */
export function Editor({ box, value, schema, onInput, onRun }: EditorProps): JSX.Element {
  const [open, setOpen] = useState<Open>();
  const look = (area: HTMLTextAreaElement, always: boolean): void => {
    const caret = area.selectionStart;
    const { from, words } = completionsAt(area.value, caret, schema);
    const isWanted = always || (caret - from > 0 && area.selectionEnd === caret);
    const place = placeOf(area.value, from);
    setOpen(isWanted && words.length > 0 ? { from, words, chosen: 0, place } : undefined);
  };
  const take = (area: HTMLTextAreaElement, { word }: Completion, from: number): void => {
    area.setRangeText(word, from, area.selectionStart, 'end');
    setOpen(undefined);
    onInput(area.value);
    area.focus();
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    const area = event.currentTarget;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      setOpen(undefined);
      onRun();
    } else if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      look(area, true);
    } else if (open !== undefined) {
      const step = steps.get(event.key);
      const word = open.words[open.chosen];
      if (step !== undefined) {
        event.preventDefault();
        setOpen({ ...open, chosen: (open.chosen + step + open.words.length) % open.words.length });
      } else if ((event.key === 'Enter' || event.key === 'Tab') && word !== undefined) {
        event.preventDefault();
        take(area, word, open.from);
      } else if (event.key === 'Escape') {
        event.preventDefault();
        setOpen(undefined);
      }
    }
  };
  return (
    <div class="sql-editor">
      <textarea
        ref={box}
        value={value}
        rows={7}
        wrap="off"
        spellcheck={false}
        autocapitalize="off"
        aria-label="SQL statement"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(open === undefined
          ? {}
          : { 'aria-controls': 'sql-words', 'aria-activedescendant': `sql-word-${open.chosen}` })}
        placeholder="select event_type, count(*) from inventory_events group by 1"
        onInput={(event) => {
          onInput(event.currentTarget.value);
          look(event.currentTarget, false);
        }}
        onKeyDown={onKeyDown}
        onClick={() => {
          setOpen(undefined);
        }}
        onBlur={() => {
          setOpen(undefined);
        }}
      />
      {open !== undefined && (
        <ul
          id="sql-words"
          class="sql-words"
          role="listbox"
          aria-label="Words"
          style={wordsPlace(box.current, open.place)}
        >
          {open.words.map((word, index) => (
            <li
              key={word.word}
              id={`sql-word-${index}`}
              role="option"
              aria-selected={index === open.chosen}
              // A press must not take the focus from the box before it is a click.
              onMouseDown={(event) => {
                event.preventDefault();
                if (box.current !== null) take(box.current, word, open.from);
              }}
            >
              <span>{word.word}</span>
              <small>{word.about}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Below the line that is written: lines do not wrap, and all characters are of one width. */
function wordsPlace(
  area: HTMLTextAreaElement | null,
  { line, column }: { readonly line: number; readonly column: number },
): CSSProperties {
  const linePx = area === null ? 19 : parseFloat(getComputedStyle(area).lineHeight);
  const top = Math.max(0, line * linePx - (area?.scrollTop ?? 0)) + 12;
  return {
    top: `${top}px`,
    left: `calc(min(10px + ${column - 1}ch - ${area?.scrollLeft ?? 0}px, 100% - 240px))`,
  };
}
