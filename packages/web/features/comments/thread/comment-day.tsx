"use client";

import { dateInWords, momentInWords } from "../../../lib/dates.ts";
import { useHydrated } from "../../../lib/hydrated.ts";

/**
 * Day of a comment: in UTC when rendered on the server, in the reader's time zone after hydration.
 * @param moment in ISO 8601
 */
export function CommentDay({ moment }: { moment: string }) {
  const isHydrated = useHydrated();
  return (
    <time dateTime={moment} title={isHydrated ? momentInWords(moment, "en") : undefined}>
      {isHydrated ? dateInWords(moment, "en") : dateInWords(moment, "en", "UTC")}
    </time>
  );
}
