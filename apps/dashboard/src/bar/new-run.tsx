import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Asks whether a new run may begin. */
export function NewRun({
  run,
  onClose,
}: {
  /** The one that plays. */
  readonly run: number;
  readonly onClose: (agrees: boolean) => void;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="new-run"
      onClose={(event) => {
        onClose(event.currentTarget.returnValue === 'yes');
      }}
    >
      <form method="dialog">
        <p id="new-run">{`This begins run ${run + 1}. Run ${run} stays in the lake.`}</p>
        <div class="row">
          <button type="submit" value="no">
            Stay in run {run}
          </button>
          <button type="submit" value="yes" class="primary">
            Begin run {run + 1}
          </button>
        </div>
      </form>
    </dialog>
  );
}
