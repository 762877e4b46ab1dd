import { notFound } from "next/navigation";

/** Returns a text if it is in the only spelling of the form. Example: the tag "soil", but not "Soil". */
export function inForm<Value extends string>(form: Form<Value>, text: string | undefined): Value | undefined {
  const { data } = form.safeParse(text);
  return data === text ? data : undefined;
}

interface Form<Value> {
  safeParse(text: unknown): { readonly data?: Value | undefined };
}

/**
 * Returns a segment of the URL, which Next.js passes in its encoded form. A segment with an invalid format leads to a
 * 404 without a request to the API.
 */
export const segment = <Value extends string>(form: Form<Value>, encoded: string): Value =>
  inForm(form, decoded(encoded)) ?? notFound();

function decoded(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
