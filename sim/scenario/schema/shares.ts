import * as z from "zod";
import { addMistake } from "./columns.ts";
import { nameField, shareField } from "./quantities.ts";

/** Names, and the share that each has; all of them sum to one, or there are none. */
export const sharesField = (what: string) =>
  z
    .record(nameField(`the name of a ${what}`), shareField, {
      error: `shares by ${what}, such as {"…": "40%", "…": "60%"}`,
    })
    .superRefine((shares, context) => {
      const values = Object.values(shares);
      const sum = values.reduce((total, share) => total + share, 0);
      // Thirds written as 33.3% are well meant.
      if (values.length === 0 || Math.abs(sum - 1) <= 0.002) return;
      const found = `${Number((100 * sum).toPrecision(6))}%`;
      addMistake(context, [], { expected: "shares that sum to 100%", found });
    });
