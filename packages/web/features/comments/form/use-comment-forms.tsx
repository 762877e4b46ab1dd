import type { Comment } from "@daybook/core/comment/comment";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { commentingWords as words } from "../../../copy/comments.interactive.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { changeComment, readOwn } from "../comments-api.ts";
import type { CommentedPost } from "../comments-island.tsx";
import type { Drafts, Slot } from "../state/comment-drafts.ts";
import type { Conversation, ConversationState } from "../state/conversation.ts";
import { buttonId } from "../thread/comment-foot.tsx";
import { CommentForm } from "./comment-form.tsx";
import { useFocus } from "./use-focus.ts";

interface CommentFormsOptions {
  readonly post: CommentedPost;
  readonly conversation: Conversation;
  readonly state: ConversationState;
  readonly drafts: Drafts | undefined;
  /** Whether the form is open and focused from the start. */
  readonly wantsForm: boolean;
  /** Announces news to screen readers. */
  say(news: string): void;
}

/** Forms below a post. At most one is open, besides those with a refused text. */
export interface CommentForms {
  open(slot: Slot): void;
  /**
   * Returns the form of a slot, if it is open.
   * @param about the comment that the form replies to or edits
   */
  form(slot: Slot, about?: Comment): ReactNode;
  /** Moves the focus to the element with this id. */
  focus(id: string): void;
  /** The form that the user opened. */
  readonly opened: { readonly slot: Slot } | undefined;
}

/**
 * Returns the id of the button that opens the form of a slot. Example: "reply-cmt_1" gives the reply button of
 * "cmt_1".
 */
function openerOf(slot: Slot): string {
  const [kind, id = ""] = slot.split(/-(.*)/s);
  return kind === "new" ? "write-new" : buttonId(kind === "edit" ? "edit" : "reply", id);
}

function wordsOf(slot: Slot, about: Comment | undefined): { readonly label: string; readonly action: string } {
  if (slot.startsWith("edit-")) return { label: words.form.edit, action: words.form.save };
  if (slot === "new") return { label: words.form.new, action: words.form.send };
  return { label: words.form.reply(about?.author?.name ?? ""), action: words.form.sendReply };
}

export function useCommentForms(options: CommentFormsOptions): CommentForms {
  const { post, conversation, state, drafts, wantsForm, say } = options;
  const focus = useFocus();
  // Reopen the form of an unsent text.
  const [opened, setOpened] = useState<{ readonly slot: Slot; readonly focused: boolean } | undefined>(() => {
    if (!drafts || post.policy === "closed") return undefined;
    if (wantsForm) return { slot: "new", focused: true };
    const [slot] = drafts.slots({ sent: false });
    return slot && { slot, focused: false };
  });
  const open = (slot: Slot) => setOpened({ slot, focused: true });

  function close(slot: Slot, { keep = true } = {}) {
    conversation.forgive(slot);
    if (!keep) drafts?.remove(slot);
    setOpened((now) => (now?.slot === slot ? undefined : now));
    focus(openerOf(slot));
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
  const isWaiting = state.sendings.some(({ waiting }) => waiting);
  useEffect(() => {
    if (isWaiting) say(words.news.waiting);
  }, [isWaiting, say]);

  function form(slot: Slot, about?: Comment): ReactNode {
    const isSending = state.sendings.some((sending) => sending.slot === slot);
    if (!drafts || isSending || (opened?.slot !== slot && !state.refusals.has(slot))) return undefined;
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
