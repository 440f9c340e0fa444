import type { StatusMessage, WorldMessage } from '@store/page-protocol';
import type { Address, Go } from '../address.js';
import type { Ask, Feed, FrameListener } from '../feed.js';

/** What every view is given. */
export interface ViewProps {
  readonly feed: Feed;
  readonly world: WorldMessage;
  readonly status: StatusMessage;
  readonly theme: 'light' | 'dark';
  readonly address: Address;
  readonly go: Go;
  /** Posts a command; what the server refuses is at the top of the page. */
  readonly ask: Ask;
  /** Hands each frame to a listener until the returned function is called. */
  readonly onFrames: (listener: FrameListener) => () => void;
}

/** What a part of the Data view is given. */
export interface LookProps extends ViewProps {
  /** Shows something else of the Data view: a step that Back takes back. */
  readonly onLook: (change: Pick<Partial<Address>, 'look' | 'filter' | 'entry'>) => void;
}
