import { useEffect, useState } from "react";
import { userApi } from "../../session/user-api.ts";

/**
 * Returns the number of comments to review. Counts at most one page: with 130 comments and pages of 100, `count` is
 * 100 and `more` is true.
 */
export function useReviewCount(): { readonly count: number; readonly more: boolean } {
  const [waiting, setWaiting] = useState({ count: 0, more: false });
  useEffect(() => {
    let isWanted = true;
    userApi
      .listCommentsToReview()
      .then(({ data, next }) => isWanted && setWaiting({ count: data.length, more: next !== undefined }))
      .catch(() => {
        // Ignore errors: the count is only a hint, and the linked page reports the error.
      });
    return () => {
      isWanted = false;
    };
  }, []);
  return waiting;
}
