import { useEffect, useState } from "react";
import { userApi } from "../../session/user-api.ts";

/** How many comments wait for a decision: at most one page of them is counted. */
export function useReviewCount(): { readonly count: number; readonly more: boolean } {
  const [waiting, setWaiting] = useState({ count: 0, more: false });
  useEffect(() => {
    let isWanted = true;
    userApi
      .listCommentsToReview()
      .then(({ data, next }) => isWanted && setWaiting({ count: data.length, more: next !== undefined }))
      .catch(() => {
        // It is a hint beside a link, whose page says what is wrong.
      });
    return () => {
      isWanted = false;
    };
  }, []);
  return waiting;
}
