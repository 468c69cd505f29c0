/**
 * The set of pending events, each a pair of a time (a whole number of microseconds, at least 0) and a
 * payload (any double but NaN; the queue does not look inside).
 *
 * Events leave by time, and events of equal time in the order in which they were pushed. An event may
 * be pushed at any time not earlier than the one popped last.
 */
export interface EventQueue {
  /** How many events are pending. */
  readonly size: number;
  /** Time of the event popped last. */
  readonly time: number;
  /** Payload of the event popped last. */
  readonly payload: number;
  push(time: number, payload: number): void;
  /** Takes the next event out, into `time` and `payload`. False, and nothing changes, if there is none. */
  pop(): boolean;
  /** Like `pop`, but leaves an event later than `limit` where it is. */
  popUntil(limit: number): boolean;
  /** A copy that shares nothing with this one. */
  clone(): EventQueue;
}
