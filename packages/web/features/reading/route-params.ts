import { Handle } from "@daybook/core/author/author";
import { Month, Slug, Tag } from "@daybook/core/published/published-post";
import { notFound } from "next/navigation";

/** Decodes a URL segment, which Next.js passes in its encoded form. */
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

// Segments with an invalid format lead to a 404 without a request to the API.

export const handleIn = (part: string): Handle => partOf(Handle, part);
export const slugIn = (part: string): Slug => partOf(Slug, part);
export const tagIn = (part: string): Tag => partOf(Tag, part);
export const monthIn = (part: string): Month => partOf(Month, part);
