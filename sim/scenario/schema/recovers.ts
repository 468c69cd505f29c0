import * as z from "zod";
import { duration, formatQuantity } from "../units.ts";
import { spanField } from "./quantities.ts";

/** How soon after the last fault all is to be recovered. */
export const recoversField = z.strictObject({ within: spanField });

/** The same as a guarantee, to be judged like any other. */
export const recoveryGuarantee = ({ within }: z.output<typeof recoversField>): string =>
  `recovery.convergence: max <= ${formatQuantity(within, duration)}`;
