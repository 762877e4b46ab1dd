"use client";

import type { Handle } from "@daybook/core/author/author";
import type { PostId } from "@daybook/core/ids";
import type { PublishedPost } from "@daybook/core/post/post";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { commentsWords as words } from "../../copy/comments.static.ts";
import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { SignInToComment } from "./sign-in-to-comment.tsx";
import type { Delivered } from "./state/visible-comments.ts";
import { type ShownComment, Threads } from "./thread/threads.tsx";

/** What is below which post. */
export interface CommentedPost {
  /** When the page was made, in milliseconds since 1970. */
  readonly pageMadeAt: number;
  readonly id: PostId;
  readonly policy: PublishedPost["comments"];
  readonly author: Handle;
}

/** A comment with its elements, as the page was delivered with it. */
export interface DeliveredComment extends Delivered, ShownComment {
  readonly id: string;
  readonly parentId: string | null;
  readonly writer: string | null;
}

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

/** How far below what is seen the comments may be when the rest is loaded. */
const near = "400px";

/** Whether an element was ever near to what is seen. */
function useNearness(element: RefObject<Element | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(
      (entries) => setNear((was) => was || entries.some((e) => e.isIntersecting)),
      {
        rootMargin: near,
      },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isNear;
}

interface State {
  readonly shown: readonly ShownComment[];
  readonly isSignedIn: boolean;
}

/**
 * The comments as they were delivered, until a reader comes near: then what it takes to see new ones, to write and to decide is loaded,
 * and says what is shown. What it leaves as it was stays in place.
 */
export function CommentsIsland({ post, delivered }: CommentsIslandProps) {
  const section = useRef<HTMLDivElement>(null);
  const isNear = useNearness(section);
  const [{ shown, isSignedIn }, setState] = useState<State>({ shown: delivered, isSignedIn: false });
  const show = useCallback((shown: State["shown"], isSignedIn: boolean) => setState({ shown, isSignedIn }), []);
  const part = usePart(live, isNear);
  return (
    <div ref={section} className="space-y-6">
      {shown.length > 0 ? <Threads comments={shown} /> : <p className="text-muted">{words.none}</p>}
      <div id="write-comment" className="scroll-mt-6 space-y-6">
        {part && <part.LiveComments post={post} delivered={delivered} show={show} />}
        {/* The link stays the same element when the rest comes: no click on it is lost meanwhile. */}
        {post.policy === "closed" ? <p className="text-muted">{words.closed}</p> : !isSignedIn && <SignInToComment />}
      </div>
    </div>
  );
}
