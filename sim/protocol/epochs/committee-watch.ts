import type { Duration, SimTime } from "../../engine/sim-time.ts";
import type { Committees, CommitteeView } from "../placement.ts";

/** How often a client asks the chain who is in office. */
export interface CommitteeRefresh {
  readonly every: Duration;
  /** The same when the epoch's end is expected within `near`. */
  readonly nearEnd: Duration;
  readonly near: Duration;
  /** It does not ask out of turn sooner than so long after it last did. */
  readonly grace: Duration;
}

/** What a client keeps of its asking. Plain data. */
export interface CommitteeWatch {
  /** When in the interval it asks. */
  readonly offset: Duration;
  /** When it last asked out of turn. */
  forcedAt: SimTime;
}

/** What the client knows: what it was told when it last asked, which nobody has to simulate. */
export function knownView(
  watch: CommitteeWatch,
  now: SimTime,
  committees: Committees,
  options: { readonly refresh: CommitteeRefresh; readonly length: Duration },
): CommitteeView {
  return committees.viewAt(lastLook(watch, now, committees, options));
}

/** Asks out of turn, unless it asked just now. */
export function lookAgain(
  watch: CommitteeWatch,
  now: SimTime,
  committees: Committees,
  options: { readonly refresh: CommitteeRefresh; readonly length: Duration },
): CommitteeView {
  const last = lastLook(watch, now, committees, options);
  if (now - last >= options.refresh.grace) watch.forcedAt = now;
  return knownView(watch, now, committees, options);
}

function lastLook(
  watch: CommitteeWatch,
  now: SimTime,
  committees: Committees,
  { refresh, length }: { readonly refresh: CommitteeRefresh; readonly length: Duration },
): SimTime {
  const { epoch } = committees.viewAt(now - refresh.every);
  const isNear = now >= committees.doneAt(epoch) + length - refresh.near;
  const interval = isNear ? refresh.nearEnd : refresh.every;
  const since = (now - watch.offset) % interval;
  return Math.max(watch.forcedAt, now - (since < 0 ? since + interval : since));
}
