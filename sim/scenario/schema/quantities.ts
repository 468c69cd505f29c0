import * as z from "zod";
import {
  type Dimension,
  type Duration,
  duration,
  type Frequency,
  frequency,
  parseQuantity,
  parseShare,
  type Rate,
  rate,
  type Share,
  type Size,
  size,
} from "../units.ts";

/*
 * In all of the schema a message is the phrase that follows "expected", such as "a whole number
 * above 0". Where it was and what was found is added by ../mistakes.ts, for all alike.
 */

/** What the schema takes in as `Input` and hands on as a number in the model's unit. */
export type Quantity<Input extends string | number> = z.ZodType<number, Input>;

function quantity<Input extends string>(dimension: Dimension): Quantity<Input> {
  const units = Object.keys(dimension.units).join("|");
  return z
    .string({ error: dimension.example })
    .meta({ pattern: `^[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?(${units})$` })
    .transform((text, context) => {
      const value = parseQuantity(text, dimension);
      if (value !== undefined) return value;
      context.addIssue({ code: "custom", message: dimension.example });
      return z.NEVER;
    }) as unknown as Quantity<Input>;
}

const positive = <Input extends string>(field: Quantity<Input>, what: string): Quantity<Input> =>
  field.refine((value) => value > 0, { error: `${what} above 0` });

/** Microseconds, 0 or more. */
export const durationField = quantity<Duration>(duration);
/** Microseconds, above 0. */
export const spanField = positive(quantity<Duration>(duration), "a duration");
/** Bytes, above 0. */
export const sizeField = positive(quantity<Size>(size), "a size");
/** Bytes, 0 or more. */
export const sizeOrZeroField = quantity<Size>(size);
/** Bytes per microsecond, above 0. */
export const rateField = positive(quantity<Rate>(rate), "a rate");
/** Times per microsecond, above 0. */
export const frequencyField = positive(quantity<Frequency>(frequency), "a frequency");

/** 0..1. */
export const shareField = z
  .union([z.string(), z.number()], { error: shareExample() })
  .transform((share, context) => {
    const value = parseShare(share);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: shareExample() });
    return z.NEVER;
  }) as unknown as Quantity<Share>;

function shareExample(): string {
  return 'a share from "0%" to "100%", or from 0 to 1';
}

/** A whole number of at least `min`. */
export const countField = (min: number) =>
  z
    .number({ error: wholeExample(min) })
    .int({ error: wholeExample(min) })
    .min(min, { error: wholeExample(min) });

const wholeExample = (min: number) =>
  min === 0 ? "a whole number, 0 or more" : `a whole number above ${min - 1}`;

/** A number above 0, without a unit. */
export const numberAboveZero = z
  .number({ error: "a number above 0" })
  .positive({ error: "a number above 0" });

/** A number, 0 or more, without a unit. */
export const numberFromZero = z
  .number({ error: "a number, 0 or more" })
  .min(0, { error: "a number, 0 or more" });

export const nameField = (what: string) => z.string({ error: what }).min(1, { error: what });
