import { notFound } from "next/navigation";

/**
 * Returns a segment of the URL, which Next.js passes in its encoded form. A segment with an invalid format leads to a
 * 404 without a request to the API.
 */
export function segment<Value>(form: { parse(text: string): Value }, encoded: string): Value {
  try {
    return form.parse(decodeURIComponent(encoded));
  } catch {
    notFound();
  }
}
