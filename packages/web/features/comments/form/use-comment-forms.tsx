import type { Comment } from "@daybook/core/comment/comment";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { commentingWords as words } from "../../../copy/comments.interactive.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { formPart } from "../../session/return-path.ts";
import { changeComment, readOwn } from "../comments-api.ts";
import type { CommentedPost } from "../comments-island.tsx";
import type { Drafts, Slot } from "../state/comment-drafts.ts";
import type { Conversation, ConversationState } from "../state/conversation.ts";
import { CommentForm } from "./comment-form.tsx";
import { useFocus } from "./use-focus.ts";

/** What one user needs to take part in the comments of a post. */
export interface Participant {
  readonly post: CommentedPost;
  readonly conversation: Conversation;
  readonly state: ConversationState;
  readonly drafts: Drafts | undefined;
  /** Announces news to screen readers. */
  say(news: string): void;
}

export type CommentForms = ReturnType<typeof useCommentForms>;

function wordsOf(slot: Slot, about: Comment | undefined): { readonly label: string; readonly action: string } {
  if (slot.startsWith("edit-")) return { label: words.form.edit, action: words.form.save };
  if (slot === "new") return { label: words.form.new, action: words.form.send };
  return { label: words.form.reply(about?.author?.name ?? ""), action: words.form.sendReply };
}

/**
 * Forms below a post. At most one is open, besides those with a refused text.
 * @returns `open`, which opens the form of a slot, and `opened`, the form that the user opened. `form` returns the form
 * of a slot, if it is open; `about` is the comment that it replies to or edits. `focus` moves the focus to an element.
 */
export function useCommentForms({ post, conversation, state, drafts, say }: Participant) {
  const focus = useFocus();
  // Reopen the form of an unsent text.
  const [opened, setOpened] = useState<{ readonly slot: Slot; readonly focused: boolean } | undefined>(() => {
    if (!drafts || post.policy === "closed") return undefined;
    if (location.hash === formPart) return { slot: "new", focused: true };
    const [slot] = drafts.slots({ sent: false });
    return slot && { slot, focused: false };
  });
  const open = (slot: Slot) => setOpened({ slot, focused: true });

  function close(slot: Slot, { keep = true } = {}) {
    conversation.forgive(slot);
    if (!keep) drafts?.remove(slot);
    setOpened((now) => (now?.slot === slot ? undefined : now));
    // The button that opens a form has its slot as the id.
    focus(slot === "new" ? "write-new" : slot);
  }

  async function change(comment: Comment, body: string): Promise<void> {
    try {
      const changed = await changeComment(newest(comment), body);
      conversation.tellOwn(changed);
      say(changed.state === "pending" ? words.news.savedPending : words.news.saved);
      close(`edit-${comment.id}`, { keep: false });
    } catch (error) {
      if (!isProblem(error, "version-conflict")) throw error;
      const now = await readOwn(comment);
      if (now) conversation.tell(now);
      throw error;
    }
  }
  const newest = (comment: Comment) => conversation.state().told.get(comment.id) ?? comment;

  const tellOutcome = useEffectEvent(({ slot, comment }: NonNullable<ConversationState["outcome"]>) => {
    say(comment.state === "pending" ? words.news.pending : words.news.sent);
    setOpened((now) => (now?.slot === slot && !drafts?.get(slot) ? undefined : now));
    // Do not move the focus if the user has moved on to another element.
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.closest(`#write-comment, #comment-sending-${slot}`))
      focus(`comment-${comment.id}`);
  });
  const { outcome } = state;
  useEffect(() => {
    if (outcome) tellOutcome(outcome);
  }, [outcome]);
  const isWaiting = state.sendings.values().some(({ failures }) => failures > 0);
  useEffect(() => {
    if (isWaiting) say(words.news.waiting);
  }, [isWaiting, say]);

  function form(slot: Slot, about?: Comment): ReactNode {
    if (!drafts || state.sendings.has(slot) || (opened?.slot !== slot && !state.refusals.has(slot))) return undefined;
    return (
      <CommentForm
        key={slot}
        {...wordsOf(slot, about)}
        initial={drafts.get(slot)?.body ?? (slot.startsWith("edit-") ? (about?.body ?? "") : "")}
        refusal={state.refusals.get(slot)}
        focused={opened?.slot === slot && opened.focused}
        onType={(text) => drafts.write(slot, text)}
        send={(text) => {
          if (about && slot.startsWith("edit-")) return change(about, text);
          setOpened(undefined);
          conversation.send(slot);
        }}
        cancel={() => close(slot)}
      />
    );
  }
  return { open, form, focus, opened };
}
