import * as z from "zod";
import { firstDay, isInRange, lastDay } from "./date.limits.ts";

const range = `Must be from ${firstDay} to ${lastDay}`;

/** A day that a client can set, without time and time zone. */
export const Day = z.iso
  .date()
  .refine(isInRange, range)
  .meta({ description: `From ${firstDay} to ${lastDay}` });

/** A UTC date-time that a client can set. */
export const Moment = z.iso.datetime().refine(isInRange, range);
