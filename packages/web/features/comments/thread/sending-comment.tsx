import { commentingWords } from "../../../copy/comments.interactive.ts";
import { TextButton } from "../../../lib/ui/button.tsx";
import type { Sending } from "../state/conversation.ts";

const words = commentingWords.states;

/** Status of a comment that is being sent. */
export const SendingState = ({
  sending,
  retry,
  takeBack,
}: {
  sending: Sending;
  retry: () => void;
  takeBack: () => void;
}) => (
  <div className="mt-2 flex flex-wrap items-center gap-x-5 border-s-2 border-accent bg-note-soft px-3 py-1.5 text-sm">
    <p>{sending.failures > 0 ? words.waiting : words.sending}</p>
    {sending.failures > 0 && (
      <>
        <TextButton onClick={retry} className="min-h-8">
          {words.tryNow}
        </TextButton>
        <TextButton onClick={takeBack} className="min-h-8">
          {words.change}
        </TextButton>
      </>
    )}
  </div>
);
