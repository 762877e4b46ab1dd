import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from "react";
import { commentingWords as words } from "../../copy/comments.interactive.ts";
import { common } from "../../copy/common.ts";
import { Button, TextButton } from "../../lib/ui/button.tsx";
import { portsOf } from "./comments-api.ts";
import { useCommentForms } from "./form/use-comment-forms.tsx";
import type { LiveCommentsProps } from "./live-comments.tsx";
import { Drafts } from "./state/comment-drafts.ts";
import { Conversation } from "./state/conversation.ts";
import { useShownComments } from "./thread/use-shown-comments.tsx";

interface ParticipationProps extends LiveCommentsProps {
  /** Undefined if no user is signed in. */
  readonly personId: string | undefined;
}

/** Participation of one user in the comments of a post: loading the newest comments, writing and moderating. */
export function Participation({ post, delivered, personId, setShown, setSignedIn }: ParticipationProps) {
  const [drafts] = useState(() => (personId === undefined ? undefined : new Drafts(personId, post.id)));
  const [conversation] = useState(() => {
    const page = { delivered, madeAt: post.pageMadeAt };
    return new Conversation(portsOf(post.id, personId), page, drafts);
  });
  const state = useSyncExternalStore(conversation.subscribe, conversation.state);
  const [news, say] = useState("");
  const participant = { post, conversation, state, drafts, say };
  const writing = useCommentForms(participant);
  const shown = useShownComments({ ...participant, delivered, personId, writing });

  useEffect(() => {
    conversation.open();
    addEventListener("online", conversation.wake);
    return () => {
      removeEventListener("online", conversation.wake);
      conversation.close();
    };
  }, [conversation]);
  useLayoutEffect(() => setShown(shown), [shown, setShown]);
  useLayoutEffect(() => setSignedIn(drafts !== undefined), [drafts, setSignedIn]);

  return (
    <>
      {state.status === "loaded" && state.next !== undefined && (
        <Button onClick={() => void conversation.more()}>{words.more}</Button>
      )}
      {state.status === "failed" && (
        <p className="flex flex-wrap items-center gap-x-4 border-s-2 border-margin py-1 ps-5 text-muted">
          {words.failed}
          <TextButton className="min-h-8" onClick={() => void conversation.load()}>
            {common.tryAgain}
          </TextButton>
        </p>
      )}
      <p role="status" className="sr-only">
        {news}
      </p>
      {writing.form("new") ??
        (drafts && post.policy !== "closed" && (
          <Button id="write-new" onClick={() => writing.open("new")}>
            {words.write}
          </Button>
        ))}
    </>
  );
}
