"use client";

import type { Handle } from "@daybook/core/author/author";
import type { PostId } from "@daybook/core/ids";
import type { PublishedPost } from "@daybook/core/published/published-post";
import { type RefObject, useEffect, useRef, useState } from "react";
import { commentsWords as words } from "../../copy/comments.static.ts";
import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { SignInToComment } from "./sign-in-to-comment.tsx";
import type { Delivered } from "./state/visible-comments.ts";
import { type ShownComment, Threads } from "./thread/threads.tsx";

/** The post that the comments belong to. */
export interface CommentedPost {
  /** When the page was rendered. Milliseconds since the epoch. */
  readonly pageMadeAt: number;
  readonly id: PostId;
  readonly policy: PublishedPost["comments"];
  readonly author: Handle;
}

/** A server-rendered comment. */
export type DeliveredComment = Delivered & ShownComment;

interface CommentsIslandProps {
  readonly post: CommentedPost;
  readonly delivered: readonly DeliveredComment[];
}

const live = onDemand(
  async () => {
    const { begin, LiveComments } = await import("./live-comments.tsx");
    begin();
    return { LiveComments };
  },
  { ahead: false },
);

/** Distance below the viewport at which the interactive part is loaded. */
const near = "400px";

/** Returns whether an element has ever been near the viewport. */
function useNearness(element: RefObject<Element | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const look = (entries: IntersectionObserverEntry[]) =>
      setNear((was) => was || entries.some((e) => e.isIntersecting));
    const observer = new IntersectionObserver(look, { rootMargin: near });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isNear;
}

/**
 * Shows the server-rendered comments until the reader scrolls near them. Then the interactive part is loaded and
 * decides what is shown: new comments, forms and moderation. Comments that it does not change keep their elements.
 */
export function CommentsIsland({ post, delivered }: CommentsIslandProps) {
  const section = useRef<HTMLDivElement>(null);
  const isNear = useNearness(section);
  const [shown, setShown] = useState<readonly ShownComment[]>(delivered);
  const [isSignedIn, setSignedIn] = useState(false);
  const part = usePart(live, isNear);
  return (
    <div ref={section} className="space-y-6">
      {shown.length > 0 ? <Threads comments={shown} /> : <p className="text-muted">{words.none}</p>}
      <div id="write-comment" className="scroll-mt-6 space-y-6">
        {part && <part.LiveComments post={post} delivered={delivered} setShown={setShown} setSignedIn={setSignedIn} />}
        {/* Keep this link the same element when the interactive part loads, so that no click is lost. */}
        {post.policy === "closed" ? <p className="text-muted">{words.closed}</p> : !isSignedIn && <SignInToComment />}
      </div>
    </div>
  );
}
