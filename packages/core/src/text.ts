import * as z from "zod";

/** A string of `min` to `max` code points (what a person would call characters more often than UTF-16 units are). */
export const text = (min: number, max: number) =>
  z
    .string()
    .refine((value) => [...value].length >= min, {
      error: min === 1 ? "Must not be empty" : `At least ${min} characters`,
      abort: true,
    })
    .refine((value) => [...value].length <= max, { error: `At most ${max} characters` })
    .meta({ minLength: min, maxLength: max });
