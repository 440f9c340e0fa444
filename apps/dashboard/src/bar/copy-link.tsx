import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

/** Copies the address of what is shown. */
export function CopyLink(): JSX.Element {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      setCopied('yes');
    } catch {
      // Refused; or the page came neither from this machine nor by HTTPS, and the browser gives it no clipboard.
      setCopied('refused');
    }
    setTimeout(() => {
      setCopied('no');
    }, 2000);
  };
  return (
    <button type="button" class="share" onClick={() => void copy()} aria-live="polite">
      {copied === 'yes' ? 'Copied' : copied === 'refused' ? 'Copy it from the address bar' : 'Copy link'}
    </button>
  );
}
