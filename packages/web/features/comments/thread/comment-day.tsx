"use client";

import { dateInWords, momentInWords } from "../../../lib/dates.ts";
import { useHydrated } from "../../../lib/hydrated.ts";

/** The day of a comment: of UTC as the page is delivered, and of the reader's own zone as soon as that is known. @param moment in ISO 8601 */
export function CommentDay({ moment }: { moment: string }) {
  const isHydrated = useHydrated();
  return (
    <time dateTime={moment} title={isHydrated ? momentInWords(moment, "en") : undefined}>
      {isHydrated ? dateInWords(moment, "en") : dateInWords(moment, "en", "UTC")}
    </time>
  );
}
