import './styles/tour.css';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LowAnswer, RequestsAnswer, StatusMessage } from '@store/page-protocol';
import { getJson, lowStock } from './feed.js';
import { usePoll } from './poll.js';
import { tourSteps } from './tour/tour-steps.js';
import type { ViewProps } from './views/view-props.js';

/** What the tour needs beside what every view is given. */
export interface TourProps extends ViewProps {
  /** What the tour was opened with; it has the focus again when the tour is closed. */
  readonly opener: HTMLElement;
  readonly onClose: () => void;
}

const lookEveryMs = 1500;
/** Shelves that are looked at: those that fell short last. */
const newest = { sort: '-since', q: '', from: 0, count: 10 };

/** The tour: five steps over the page, each of which waits for its thing to happen. */
export function Tour({ status, address, go, opener, onClose }: TourProps): JSX.Element {
  const [index, setIndex] = useState(0);
  const [before, setBefore] = useState<StatusMessage>(status);
  const [shelf, setShelf] = useState<string>();
  const [said, setSaid] = useState<string>();
  const [requests, setRequests] = useState<RequestsAnswer>();
  const [low, setLow] = useState<LowAnswer>();
  const wasDown = useRef(false);
  const back = useRef<StatusMessage | undefined>(undefined);
  const card = useRef<HTMLDivElement>(null);
  const step = tourSteps[index];

  if (status.chain.endpoint.cause === 'down') {
    wasDown.current = true;
    back.current = undefined;
  } else if (wasDown.current) back.current ??= status;
  const news = step?.news({ status, before, requests, low, shelf, back: back.current });
  // What has happened stays said, though the list moves on.
  const text = said ?? news?.text ?? '';
  const isDone = said !== undefined;
  useEffect(() => {
    if (news?.isDone !== true || said !== undefined) return;
    setSaid(news.text);
    if (news.shelf !== undefined) {
      setShelf(news.shelf);
      go({ shelf: news.shelf }, 'replace');
    }
  }, [news?.isDone, said]);
  usePoll(
    {
      ask: async (signal) =>
        Promise.all([getJson('api/data/requests', {}, signal), lowStock(newest, signal)]),
      take([answer, rows]) {
        // The parse boundary: the server of this page answers in the protocol's shapes.
        setRequests(answer as RequestsAnswer);
        setLow(rows);
      },
      everyMs: lookEveryMs,
    },
    [],
  );
  useEffect(() => {
    go({ view: 'live' });
    card.current?.focus();
    const onKey = (event: KeyboardEvent): void => {
      // The innermost of what is open closes first.
      const isInner = event.defaultPrevented || document.querySelector('dialog[open]') !== null;
      if (event.key === 'Escape' && !isInner) onClose();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      opener.focus();
    };
  }, []);
  useEffect(() => {
    const part = document.querySelector(step?.selector ?? '')?.closest('section, [id]');
    part?.classList.add('lit');
    part?.scrollIntoView({ block: 'nearest' });
    return () => part?.classList.remove('lit');
  }, [step, address.view]);
  const next = (): void => {
    if (index === tourSteps.length - 1) {
      onClose();
      return;
    }
    setIndex(index + 1);
    setBefore(status);
    setSaid(undefined);
    wasDown.current = false;
    back.current = undefined;
  };
  return (
    <div class="tour" role="dialog" aria-label="Tour" tabIndex={-1} ref={card}>
      <div class="tour-steps" aria-hidden="true">
        {tourSteps.map(({ title }, at) => (
          <i key={title} class={at <= index ? 'on' : ''} />
        ))}
      </div>
      <b>{step?.title}</b>
      <p>{step?.about}</p>
      <p role="status" class={`tour-news ${isDone ? 'done' : ''}`}>
        {text}
      </p>
      <div class="row">
        <button type="button" class="quiet" onClick={onClose}>
          Close
        </button>
        <small>{`${index + 1} of ${tourSteps.length}`}</small>
        <button type="button" class={isDone ? 'primary' : ''} onClick={next}>
          {index === tourSteps.length - 1 ? 'Done' : isDone ? 'Next' : 'Skip'}
        </button>
      </div>
    </div>
  );
}
