import type { DomainEvent } from "@daybook/core/events";
import type { AttributeValue } from "aws-lambda";

/** An item image of a stream record; empty if there is none. */
export type Image = Readonly<Record<string, AttributeValue>>;

/** Functions that map a change between two images of an item to events, by entity. */
export type Meanings = Readonly<
  Record<string, (before: Image, after: Image) => DomainEvent | readonly DomainEvent[] | undefined>
>;

export const isThere = (image: Image) => image.entity !== undefined;
