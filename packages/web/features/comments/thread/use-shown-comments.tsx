import type { Comment } from "@daybook/core/comment/comment";
import { useEffect, useMemo } from "react";
import { commentingWords } from "../../../copy/comments.interactive.ts";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { useMe } from "../../session/use-me.ts";
import { usePerson } from "../../session/use-session.ts";
import { type Action, actionsFor, type Reader } from "../actions.ts";
import { decideComment, deleteComment } from "../comments-api.ts";
import type { CommentedPost, DeliveredComment } from "../comments-island.tsx";
import type { CommentForms, Participant } from "../form/use-comment-forms.tsx";
import type { Sending } from "../state/conversation.ts";
import { type VisibleComment, visibleCommentsOf } from "../state/visible-comments.ts";
import { CommentFoot } from "./comment-foot.tsx";
import { CommentHead } from "./comment-head.tsx";
import { CommentText } from "./comment-text.tsx";
import { SendingState } from "./sending-comment.tsx";
import type { ShownComment } from "./threads.tsx";
import { useUndoable } from "./use-undoable.ts";

const words = commentingWords.news;

interface ShownOptions extends Participant {
  readonly delivered: readonly DeliveredComment[];
  readonly personId: string | undefined;
  readonly writing: CommentForms;
}

/** Returns the comments as elements. Unchanged comments keep their server-rendered ones. */
export function useShownComments(options: ShownOptions): readonly ShownComment[] {
  const { post, delivered, conversation, state, personId, writing } = options;
  const { viewerId, isAuthor } = useViewer(post, personId);
  const act = useActions(options);
  const person = usePerson();
  useEffect(() => {
    // Ignore errors: the review page lists these comments, too.
    if (isAuthor) conversation.review().catch(() => {});
  }, [isAuthor, conversation]);

  const reader: Reader = { isSignedIn: personId !== undefined, id: viewerId, isAuthor };
  const untouched = useMemo(() => new Map(delivered.map((each) => [each.id, each])), [delivered]);

  function shownOf({ id, parentId, writer, comment }: VisibleComment): ShownComment {
    if (writer === null) return { id, parentId, writer };
    const before = untouched.get(id);
    if (!comment?.author) return { ...before, id, parentId, writer };
    const isSame = before?.version === comment.version;
    const body = isSame ? before.body : <CommentText source={comment.body} />;
    return {
      ...{ id, parentId, writer },
      head: isSame ? before.head : <CommentHead comment={comment} writer={comment.author} />,
      body: writing.form(`edit-${id}`, comment) ?? body,
      foot: (
        <CommentFoot
          comment={comment}
          isOwn={comment.author.id === viewerId}
          actions={actionsFor(comment, reader, post)}
          act={act}
        >
          {writing.form(`reply-${id}`, comment)}
        </CommentFoot>
      ),
    };
  }
  const sendingOf = (sending: Sending): ShownComment => ({
    id: `sending-${sending.slot}`,
    parentId: sending.parentId ?? null,
    writer: person?.name ?? words.you,
    head: (
      <p dir="auto" className="text-sm font-semibold">
        {person?.name ?? words.you}
      </p>
    ),
    body: <CommentText source={sending.body} />,
    foot: (
      <SendingState
        sending={sending}
        retry={() => conversation.send(sending.slot)}
        takeBack={() => {
          conversation.takeBack(sending.slot);
          writing.open(sending.slot);
        }}
      />
    ),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the functions in the callback change with these values.
  return useMemo(
    () => [...visibleCommentsOf(state, viewerId).map(shownOf), ...state.sendings.values().map(sendingOf)],
    [state, personId, viewerId, isAuthor, writing.opened, person?.name],
  );
}

/** Returns the viewer's reader id, and whether the post is theirs. The id is unknown until the API has answered. */
function useViewer({ author }: CommentedPost, personId: string | undefined) {
  const me = useMe();
  if (personId === undefined || me.status !== "success") return { viewerId: undefined, isAuthor: false };
  return { viewerId: me.me.readerId, isAuthor: me.me.handle === author };
}

/**
 * Returns the id of the element that gets the focus when a comment is removed: the next comment, the previous one, or
 * the heading.
 */
function neighbourOf(id: string): string {
  const all = [...document.querySelectorAll('article[id^="comment-"]')].map((article) => article.id);
  const place = all.indexOf(`comment-${id}`);
  return all[place + 1] ?? all[place - 1] ?? "comments";
}

/** Returns a function that runs the user's action on a comment. */
function useActions({ conversation, writing, say }: ShownOptions): (action: Action, comment: Comment) => void {
  const hold = useUndoable();

  function takeAway(comment: Comment, text: string, run: () => Promise<void>) {
    const neighbour = neighbourOf(comment.id);
    conversation.take(comment.id, true);
    writing.focus(neighbour);
    const restore = () => {
      conversation.take(comment.id, false);
      writing.focus(`comment-${comment.id}`);
      say(words.restored);
    };
    hold({ text, run, restore });
  }
  const decide = (decision: "hide" | "block", comment: Comment) => async () =>
    conversation.tell(await decideComment(comment, decision));

  function approve(comment: Comment) {
    conversation.tell({ ...comment, state: "visible" });
    writing.focus(`comment-${comment.id}`);
    decideComment(comment, "approve").then(
      (approved) => {
        conversation.tell(approved);
        say(words.approved);
      },
      (error: unknown) => {
        conversation.tell(comment);
        const wasEdited = isProblem(error, "version-conflict");
        if (wasEdited) conversation.review().catch(() => {});
        showToast({ tone: "error", text: wasEdited ? words.edited : words.notDone(problemInWords(error)) });
      },
    );
  }

  return (action, comment) => {
    switch (action) {
      case "reply":
      case "edit":
        return writing.open(`${action}-${comment.id}`);
      case "approve":
        return approve(comment);
      case "delete":
        return takeAway(comment, words.deleted, () => deleteComment(comment));
      case "hide":
        return takeAway(comment, words.hidden, decide("hide", comment));
      case "block":
        return takeAway(comment, words.blocked(comment.author?.name ?? ""), decide("block", comment));
    }
  };
}
