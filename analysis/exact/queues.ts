/*
 * One server with Poisson arrivals. Times in the unit of the rates: with arrivals and services per
 * second, seconds.
 */

/** A first-come-first-served queue with exponential service (M/M/1). */
interface Mm1 {
  readonly utilization: number;
  /** Mean time from arrival to departure. */
  readonly meanResponse: number;
  /** Mean number waiting and in service. */
  readonly meanInSystem: number;
  /** The response that a share of all stays within: it is exponential. */
  responsePercentile(share: number): number;
}

/** @throws RangeError if more arrives than is served */
export function mm1(arrivalRate: number, serviceRate: number): Mm1 {
  const utilization = stable(arrivalRate / serviceRate);
  const meanResponse = 1 / (serviceRate - arrivalRate);
  return {
    utilization,
    meanResponse,
    meanInSystem: arrivalRate * meanResponse,
    responsePercentile: (share) => -Math.log(1 - share) * meanResponse,
  };
}

/**
 * A server that shares itself evenly among all present (M/G/1-PS), as flows share a link. The mean
 * does not depend on the distribution of service, only on its mean (Kleinrock, Queueing Systems II).
 */
interface Mg1Ps {
  readonly utilization: number;
  readonly meanResponse: number;
  /** Mean response of a job that alone would take `service`. */
  meanResponseOf(service: number): number;
  /** Chance that so many are present: geometric. */
  chanceOfPresent(count: number): number;
}

/** @throws RangeError if more arrives than is served */
export function mg1Ps(arrivalRate: number, meanService: number): Mg1Ps {
  const utilization = stable(arrivalRate * meanService);
  return {
    utilization,
    meanResponse: meanService / (1 - utilization),
    meanResponseOf: (service) => service / (1 - utilization),
    chanceOfPresent: (count) => (1 - utilization) * utilization ** count,
  };
}

function stable(utilization: number): number {
  if (utilization >= 1) throw new RangeError(`expected utilization below 1, found ${utilization}`);
  return utilization;
}
