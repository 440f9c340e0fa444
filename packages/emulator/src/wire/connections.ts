import { readFileSync } from 'node:fs';
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { emulatorLimits } from './request-limits.js';
import { ServiceError } from './service-error.js';

/**
 * Bounds connections and the requests on them. When all connections are taken, the one that has gone longest without a
 * request is closed: connections on which nothing is sent keep no one out.
 */
export class Connections {
  readonly #most = mostConnections();
  /** Answers that each open connection waits for. */
  readonly #open = new Map<Socket, Set<ServerResponse>>();
  /** Open ones that wait for none, the longest first. */
  readonly #quiet = new Set<Socket>();
  /** Those that went beyond the limit once. */
  readonly #refused = new WeakSet<Socket>();
  #requests = 0;

  /** Watches a server's connections. */
  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      this.#open.set(socket, new Set());
      this.#quiet.add(socket);
      socket.once('close', () => {
        this.#closed(socket);
      });
      if (this.#open.size > this.#most) {
        const [longest = socket] = this.#quiet;
        longest.destroy();
      }
    });
  }

  /** Counts a request until its answer is out or its connection gone, or throws why it is one too many. */
  begin(socket: Socket, response: ServerResponse): void {
    const answers = this.#open.get(socket);
    if (answers === undefined) throw tooMany('The connection is closed');
    answers.add(response);
    this.#requests += 1;
    this.#quiet.delete(socket);
    response.once('close', () => {
      if (!answers.delete(response)) return;
      this.#requests -= 1;
      if (answers.size === 0 && this.#open.has(socket)) this.#quiet.add(socket);
    });
    if (this.#refused.has(socket)) socket.destroy();
    if (answers.size > emulatorLimits.pipelinedRequests) {
      this.#refused.add(socket);
      throw tooMany(`${emulatorLimits.pipelinedRequests} requests of one connection wait for their answers`);
    }
    if (this.#requests > emulatorLimits.requests) {
      throw tooMany(`${emulatorLimits.requests} requests wait for their answers`);
    }
  }

  #closed(socket: Socket): void {
    const answers = this.#open.get(socket) ?? [];
    this.#open.delete(socket);
    this.#quiet.delete(socket);
    for (const answer of answers) {
      // Node notifies only the answer whose turn it is; those behind it would wait forever.
      if (answer.socket !== null) continue;
      answer.destroy();
      answer.emit('close');
    }
  }
}

function tooMany(what: string): ServiceError {
  return new ServiceError('ServiceUnavailable', `${what}. Please reduce your request rate.`, 503);
}

/** Half of the descriptors that the process may open are for files, which acknowledged records need. */
function mostConnections(): number {
  return Math.min(emulatorLimits.connections, Math.floor(descriptors() / 2));
}

function descriptors(): number {
  try {
    // Node raises the soft limit to the hard one when it starts. Linux shows the result.
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
    return soft === undefined ? Infinity : Number(soft);
  } catch {
    // Other systems have no such file, and far more descriptors than connections.
    return Infinity;
  }
}
