import { Handle } from "@daybook/core/author/author";
import { Month, Slug, Tag } from "@daybook/core/post/post";
import { notFound } from "next/navigation";

/** A part of an address, which Next hands over as it was sent. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

interface Form<Value> {
  safeParse(text: string): { readonly success: true; readonly data: Value } | { readonly success: false };
}

function partOf<Value>(form: Form<Value>, part: string): Value {
  const parsed = form.safeParse(decoded(part));
  return parsed.success ? parsed.data : notFound();
}

// What has not the form of what it should name leads nowhere: it answers 404 without asking the API.

export const handleIn = (part: string): Handle => partOf(Handle, part);
export const slugIn = (part: string): Slug => partOf(Slug, part);
export const tagIn = (part: string): Tag => partOf(Tag, part);
export const monthIn = (part: string): Month => partOf(Month, part);
