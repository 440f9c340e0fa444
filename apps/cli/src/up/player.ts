import type { InventoryEvent } from '@store/schema';

/** Where a player gets its events from. */
export interface PlayerSource {
  /** Events in the order of their time, from an instant of the world on. */
  open(fromMs: number): Iterator<InventoryEvent>;
  /** First instant of the world, milliseconds since 1970. */
  readonly fromMs: number;
  /** The instant at which the world ends. */
  readonly toMs: number;
}

/** Plays a world at a chosen speed: world time runs while it plays and stands while it is paused. */
export class Player {
  readonly #source: PlayerSource;
  #events: Iterator<InventoryEvent>;
  #next: InventoryEvent | undefined;
  #speed: number;
  #state: 'running' | 'paused' | 'ended' = 'running';
  /** World time at `#anchoredAt`; between anchors world time is computed, so that no error adds up. */
  #anchorMs: number;
  #anchoredAt: number;
  /** World time of the last look. */
  #heldMs: number;

  /** @param now - the machine's time in milliseconds; only its differences matter. */
  constructor(source: PlayerSource, speed: number, now: number) {
    this.#source = source;
    this.#speed = speed;
    this.#anchorMs = this.#heldMs = source.fromMs;
    this.#anchoredAt = now;
    this.#events = source.open(source.fromMs);
    this.#advance();
  }

  get state(): 'running' | 'paused' | 'ended' {
    return this.#state;
  }

  get speed(): number {
    return this.#speed;
  }

  /** World time in milliseconds since 1970. */
  worldMs(now: number): number {
    if (this.#state !== 'running') return this.#anchorMs;
    return Math.min(this.#source.toMs, this.#anchorMs + (now - this.#anchoredAt) * this.#speed);
  }

  /** The events that are due and were not handed out yet, at most `max`; what is left over comes next time. */
  due(now: number, max: number): InventoryEvent[] {
    const due: InventoryEvent[] = [];
    if (this.#state !== 'running') return due;
    const until = this.worldMs(now);
    this.#heldMs = until;
    while (this.#next !== undefined && due.length < max && Date.parse(this.#next.event_time) <= until) {
      due.push(this.#next);
      this.#advance();
    }
    if (due.length === max && this.#next !== undefined) this.#anchor(now, Date.parse(this.#next.event_time));
    if (this.#next === undefined && until >= this.#source.toMs) {
      this.#anchor(now, this.#source.toMs);
      this.#state = 'ended';
    }
    return due;
  }

  /** World time has stood still since the last event: what was due cannot be taken now. */
  hold(now: number): void {
    if (this.#state === 'running') this.#anchor(now, this.#heldMs);
  }

  pause(now: number): void {
    if (this.#state !== 'running') return;
    this.#anchor(now, this.worldMs(now));
    this.#state = 'paused';
  }

  resume(now: number): void {
    if (this.#state !== 'paused') return;
    this.#anchor(now, this.#anchorMs);
    this.#state = 'running';
  }

  setSpeed(speed: number, now: number): void {
    this.#anchor(now, this.worldMs(now));
    this.#speed = speed;
  }

  /** Moves the world to an instant; it continues from there, running or paused as it was. */
  seek(toMs: number, now: number): void {
    const at = Math.max(this.#source.fromMs, Math.min(this.#source.toMs, toMs));
    this.#events = this.#source.open(at);
    this.#advance();
    this.#anchor(now, at);
    if (this.#state === 'ended') this.#state = 'running';
  }

  #advance(): void {
    const next = this.#events.next();
    this.#next = next.done === true ? undefined : next.value;
  }

  #anchor(now: number, worldMs: number): void {
    this.#anchorMs = this.#heldMs = worldMs;
    this.#anchoredAt = now;
  }
}
