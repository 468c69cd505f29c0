import * as z from "zod";
import { parseGuarantee } from "../../metrics/guarantee.ts";
import { addMistake } from "./columns.ts";

/** A promise about a metric, such as `read.success: ratio >= 0.999`. Stays text. */
export const guaranteeField = z
  .string({ error: 'a guarantee such as "read.success: ratio >= 0.999"' })
  .superRefine((text, context) => {
    const result = parseGuarantee(text);
    if (result.ok) return;
    for (const { expected, found, nearest } of result.mistakes) {
      const names = nearest === undefined ? {} : { names: [nearest] };
      addMistake(context, [], { expected, found: JSON.stringify(found), ...names });
    }
  });
