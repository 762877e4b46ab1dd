import { cleanText, isVisible } from "@daybook/core/clean-text";
import { commentLength } from "@daybook/core/comment/comment.limits";
import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from "react";
import { commentingWords } from "../../../copy/comments.interactive.ts";
import { common } from "../../../copy/common.ts";
import { trimmed } from "../../../lib/length.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Field } from "../../../lib/ui/form/field.tsx";
import { TextArea } from "../../../lib/ui/form/text-area.tsx";
import { Message } from "../../../lib/ui/message.tsx";
import { acceptMe, useMe } from "../../session/use-me.ts";
import { userApi } from "../../session/user-api.ts";
import { CommentText } from "../thread/comment-text.tsx";
import { refusalInWords } from "./refusal.ts";

const words = commentingWords.form;
/** Show the number of remaining characters below this limit. Example: with 150 left, the hint shows 150. */
const fewLeft = 200;
const nameLength = { min: 1, max: 100 };

interface CommentFormProps {
  readonly label: string;
  /** Label of the submit button. */
  readonly action: string;
  readonly initial: string;
  /** Why the text was refused, if it was sent before. */
  readonly refusal?: unknown;
  /** Whether to focus the form when it appears, because the user opened it. */
  readonly focused: boolean;
  onType(text: string): void;
  /**
   * Sends the text.
   * @throws an error to show in the form
   */
  send(text: string): Promise<void> | void;
  cancel(): void;
}

/** Form for writing a comment. Reports each keystroke. Asks users without a name for one. */
export function CommentForm({ label, action, initial, refusal, focused, onType, send, cancel }: CommentFormProps) {
  const me = useMe();
  const [text, setText] = useState(initial);
  const [isPreviewed, setPreviewed] = useState(false);
  const [failure, setFailure] = useState(refusal);
  const [wrong, setWrong] = useState<{ readonly text?: string | undefined; readonly name?: string | undefined }>({});
  const [isPending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = (name: string) => form.current?.querySelector<HTMLElement>(`[name=${name}]`)?.focus();
  const asksName = isProblem(refusal, "name-required") || (me.status === "success" && me.me.name === null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: set the focus only on mount.
  useEffect(() => {
    if (refusal !== undefined) focus(isProblem(refusal, "name-required") ? "name" : "text");
    else if (focused) focus("text");
  }, []);

  const body = cleanText(text).trim();
  const left = commentLength.max - [...body].length;
  const tooLong = left < 0 ? words.tooLong(-left) : undefined;

  async function submit() {
    const name = trimmed(String(new FormData(form.current ?? undefined).get("name") ?? ""), nameLength);
    const found = {
      text: isVisible(body) ? tooLong : words.empty,
      name: asksName && name.error ? words.nameWrong : undefined,
    };
    setWrong(found);
    if (found.text ?? found.name) return focus(found.text ? "text" : "name");
    setPending(true);
    setFailure(undefined);
    try {
      if (asksName) acceptMe((await userApi.updateMe({ body: { name: name.text } })).data);
      await send(body);
    } catch (error) {
      setFailure(error);
      focus("text");
    } finally {
      setPending(false);
    }
  }
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isPending) void submit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") cancel();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
  };

  return (
    <form ref={form} onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate aria-busy={isPending} className="space-y-4">
      {failure !== undefined && !isProblem(failure, "name-required") && (
        <Message kind="error">{refusalInWords(failure)}</Message>
      )}
      {asksName && (
        <Field name="name" label={words.name} dir="auto" autoComplete="name" hint={words.nameHint} error={wrong.name} />
      )}
      <TextArea
        data-kept
        name="text"
        dir="auto"
        label={label}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          onType(target.value);
        }}
        hint={left < fewLeft && left >= 0 ? words.left(left) : words.hint}
        error={tooLong ?? wrong.text}
      />
      {isPreviewed && (
        <section aria-label={words.preview} className="border-s border-margin ps-5">
          <CommentText source={text} />
        </section>
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" aria-disabled={isPending}>
          {isPending ? common.oneMoment : action}
        </Button>
        <Button aria-pressed={isPreviewed} onClick={() => setPreviewed(!isPreviewed)}>
          {words.preview}
        </Button>
        <Button look="quiet" onClick={cancel}>
          {common.cancel}
        </Button>
      </div>
    </form>
  );
}
