import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

/** Copies the address of what is shown. */
export function CopyLink(): JSX.Element {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = (): void => {
    const say = (outcome: 'yes' | 'refused') => (): void => {
      setCopied(outcome);
      setTimeout(() => {
        setCopied('no');
      }, 2000);
    };
    navigator.clipboard.writeText(location.href).then(say('yes'), say('refused'));
  };
  return (
    <button type="button" class="share" onClick={copy} aria-live="polite">
      {copied === 'yes' ? 'Copied' : copied === 'refused' ? 'Copy it from the address bar' : 'Copy link'}
    </button>
  );
}
