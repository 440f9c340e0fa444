import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * What becomes of a message: the request is taken; the next attempt may be; the next message may be, since the invocation does
 * not wait so long; or it is refused.
 */
export type Ending = 'taken' | 'again' | 'later' | 'refused';

/** One call of the truck system, as a behavior answers it. */
interface Call {
  readonly socket: Socket;
  /** Notes that a truck goes. */
  readonly act: () => void;
  /** An address of another host, which must never be called. */
  readonly elsewhere: string;
  /** The address that was called. */
  readonly here: string;
}

/** A way to answer. */
export interface Behavior {
  readonly name: string;
  readonly ending: Ending;
  readonly answer: (call: Call) => void;
}

const head = (status: string, ...headers: string[]): string =>
  `HTTP/1.1 ${[status, ...headers].join('\r\n')}\r\n\r\n`;
const empty = (status: string, ...headers: string[]): string => head(status, 'content-length: 0', ...headers);

/** Acts, and says these texts; what follows is done to the connection then. */
const taken = (name: string, text: string, then: (socket: Socket) => void = () => undefined): Behavior => ({
  name,
  ending: 'taken',
  answer({ socket, act }) {
    act();
    socket.write(text);
    then(socket);
  },
});

const says = (
  ending: Ending,
  name: string,
  text: string | Buffer,
  then: (socket: Socket) => void = () => undefined,
): Behavior => ({
  name,
  ending,
  answer({ socket }) {
    socket.write(text);
    then(socket);
  },
});

/** Writes on until the caller has enough. */
function endlessly(socket: Socket, piece: string | Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
}

/** One byte, and the next a little later. */
function dripping(socket: Socket, text: string): void {
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(text);
  }, 40);
  socket.once('close', () => {
    clearInterval(timer);
  });
}

const reset = (socket: Socket): void => void socket.resetAndDestroy();
const close = (socket: Socket): void => void socket.end();

const redirect = (status: string, place: string, to: (call: Call) => string): Behavior => ({
  name: `${status} to ${place}`,
  ending: 'refused',
  answer(call) {
    call.socket.write(empty(status, `location: ${to(call)}`));
  },
});

/** Takes a request as it should be taken. */
export const well: Behavior = taken('202', empty('202 Accepted'));

/** Says nothing. */
export const silence: Behavior = says('again', 'silence', '');

/** Every way to answer that is not {@link well}. */
export const behaviors: readonly Behavior[] = [
  taken(
    '200 with a body of an error',
    head('200 OK', 'content-type: application/json', 'content-length: 17') + '{"error":"later"}',
  ),
  taken(
    '200 with broken JSON as an image',
    head('200 OK', 'content-type: image/png', 'content-length: 2') + '{"',
  ),
  taken('HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nfine', close),
  taken('early hints first', head('103 Early Hints', 'link: </>') + head('102 Processing') + empty('200 OK')),
  taken('an endless body', head('200 OK', 'transfer-encoding: chunked'), (socket) => {
    endlessly(socket, `10000\r\n${'x'.repeat(65_536)}\r\n`);
  }),
  taken('a body that drips', head('200 OK', 'content-length: 100000'), (socket) => {
    dripping(socket, 'x');
  }),
  taken('a reset within the body', `${head('200 OK', 'content-length: 100000')}xx`, reset),
  taken('a body that ends early', `${head('200 OK', 'content-length: 100000')}xx`, close),
  taken('what is no gzip', `${head('200 OK', 'content-encoding: gzip', 'content-length: 3')}abc`),
  taken('chunks that are none', `${head('200 OK', 'transfer-encoding: chunked')}zz\r\nabc`),
  taken('the answer three times', empty('200 OK').repeat(3)),
  {
    name: 'silence after the truck went',
    ending: 'again',
    answer({ act }) {
      act();
    },
  },
  {
    name: 'a reset after the truck went',
    ending: 'again',
    answer({ act, socket }) {
      act();
      reset(socket);
    },
  },
  silence,
  says('again', 'headers that drip', 'HTTP/1.1 200 OK\r\nx: ', (socket) => {
    dripping(socket, 'x');
  }),
  says('again', 'headers of 64 KiB', head('200 OK', `x: ${'x'.repeat(65_536)}`)),
  says('again', 'endless headers', 'HTTP/1.1 200 OK\r\n', (socket) => {
    endlessly(socket, `x: ${'x'.repeat(1000)}\r\n`);
  }),
  // Not at full speed: that would take the time of whoever is tested beside it.
  says('again', 'endless interim answers', '', (socket) => {
    dripping(socket, head('103 Early Hints'));
  }),
  says('again', 'a status line of letters', 'HTTP/1.1 OK fine\r\n\r\n'),
  says('again', 'another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', close),
  says('again', 'an alert of TLS', Buffer.from([0x15, 3, 1, 0, 2, 2, 40]), close),
  says(
    'again',
    'an answer to an upgrade',
    head('101 Switching Protocols', 'upgrade: websocket', 'connection: upgrade'),
  ),
  says('again', 'nothing but the end', '', close),
  says('again', 'a reset', '', reset),
  says('again', 'the end within the headers', 'HTTP/1.1 200 O', close),
  ...[
    '408 Request Timeout',
    '409 Conflict',
    '425 Too Early',
    '429 Too Many Requests',
    '500 Broken',
    '502 Bad Gateway',
    '504 Late',
  ].map((status) => says('again', status, empty(status))),
  ...['0', '-5', 'soon', '1e9', 'Wed, 21 Oct 2015 07:28:00 GMT', ''].map((when) =>
    says('again', `retry after "${when}"`, empty('503 Busy', `retry-after: ${when}`)),
  ),
  ...['31536000', '9'.repeat(400), 'Fri, 31 Dec 2999 23:59:59 GMT'].map((when) =>
    says('later', `retry after "${when.slice(0, 30)}"`, empty('429 Busy', `retry-after: ${when}`)),
  ),
  ...[
    '400 Bad',
    '401 Who',
    '403 No',
    '404 None',
    '405 Not so',
    '410 Gone',
    '413 Large',
    '415 Type',
    '422 Wrong',
    '451 Law',
    '304 Same',
  ].map((status) => says('refused', status, empty(status))),
  redirect('301 Moved', 'the same host', ({ here }) => here),
  ...['302 Found', '303 See Other', '307 Temporary', '308 Permanent'].map((status) =>
    redirect(status, 'another host', ({ elsewhere }) => elsewhere),
  ),
  redirect('307 Temporary', 'another scheme', ({ elsewhere }) => elsewhere.replace('http:', 'https:')),
  redirect('302 Found', 'a file', () => 'file:///etc/passwd'),
  redirect('302 Found', 'nowhere', () => '//'),
];

/** Acts, and says so once more when the connection brings another request, whoever's that is. */
export const sayingItAgain: Behavior = taken('an answer that comes again', empty('200 OK'), (socket) => {
  socket.prependOnceListener('data', () => {
    socket.write(empty('200 OK'));
  });
});

/** A request as it came. */
export interface HeardRequest {
  readonly key: string;
  readonly body: string;
  /** What it was signed by. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A truck system on this machine that answers as it is told to. */
export interface HostileTrucks {
  readonly url: string;
  /** Keys under which a truck went. */
  readonly went: ReadonlySet<string>;
  /** Requests that came. */
  readonly heard: readonly HeardRequest[];
  close(): Promise<void>;
}

/**
 * Starts one.
 *
 * @param next - the behavior for a call under a key
 */
export async function startHostileTrucks(
  next: (key: string) => Behavior,
  elsewhere: string,
): Promise<HostileTrucks> {
  const went = new Set<string>();
  const heard: HeardRequest[] = [];
  const sockets = new Set<Socket>();
  let here = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      sockets.delete(socket);
    });
    let text = '';
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
      // A greeting of TLS, to which a server of plain HTTP says that it is no request.
      if (text.startsWith('\u0016')) socket.end(empty('400 Bad Request'));
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const lines = text.slice(0, end).split('\r\n').slice(1);
      const headers: Readonly<Record<string, string>> = Object.fromEntries(
        lines.map((line) => {
          const [name = '', value = ''] = line.split(/: (.*)/, 2);
          return [name.toLowerCase(), value] as const;
        }),
      );
      const length = Number(headers['content-length']);
      if (text.length < end + 4 + length) return;
      const body = Buffer.from(text.slice(end + 4, end + 4 + length), 'latin1').toString();
      text = '';
      const key = headers['idempotency-key'] ?? '';
      heard.push({ key, headers, body });
      next(key).answer({ socket, elsewhere, here, act: () => void went.add(key) });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  here = `http://127.0.0.1:${(server.address() as AddressInfo).port}/requests`;
  return {
    url: here,
    went,
    heard,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
