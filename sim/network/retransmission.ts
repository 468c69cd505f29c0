import type { RandomStream } from "../engine/random-streams.ts";
import { milliseconds, seconds } from "../engine/sim-time.ts";

// Linux: the retransmission timeout is the round trip and at least 200 ms more, doubles with each
// try, and stops at 120 s (net/ipv4/tcp.h: TCP_RTO_MIN, TCP_RTO_MAX).
const TIMEOUT_BEYOND_ROUND_TRIP = milliseconds(200);
const TIMEOUT_MAX = seconds(120);

/**
 * How many µs later a message arrives because it had to be sent again, each try being lost with the
 * same probability (below 1). It always gets through in the end.
 */
export function retransmissionDelay(
  probability: number,
  oneWay: number,
  random: RandomStream,
): number {
  let delay = 0;
  let timeout = 2 * oneWay + TIMEOUT_BEYOND_ROUND_TRIP;
  while (random() < probability) {
    delay += timeout;
    timeout = Math.min(2 * timeout, TIMEOUT_MAX);
  }
  return delay;
}
