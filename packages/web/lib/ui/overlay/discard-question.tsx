import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { common } from "../../../copy/common.ts";
import { Button } from "../button.tsx";
import { askBeforeLeaving, focusRefused, refusedIn } from "../form/refused.ts";

const words = common.discard;

interface GuardedClose {
  /** Closes, or asks first if there is refused text. A second call while the question is shown returns to the text. */
  close(): void;
  /** The question, while it is shown. */
  readonly question: ReactNode;
}

/**
 * Guards the closing of an editable element: refused text is discarded only if the user chooses to.
 * @param within the element that closes
 */
export function useGuardedClose(within: RefObject<HTMLElement | null>, onClose: () => void): GuardedClose {
  const [asks, setAsks] = useState(false);
  useEffect(askBeforeLeaving, []);
  const hasRefused = () => within.current !== null && refusedIn(within.current) !== undefined;

  function leave() {
    setAsks(false);
    onClose();
  }
  function keep() {
    setAsks(false);
    if (within.current) focusRefused(within.current);
  }
  function close() {
    if (!hasRefused()) leave();
    else if (asks) keep();
    else setAsks(true);
  }
  const question = asks && (
    <div role="alert" className="mt-4 border-l-2 border-danger py-1 pl-4">
      <p className="font-medium">{words.text}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button autoFocus onClick={keep}>
          {words.keep}
        </Button>
        <Button look="quiet" className="text-danger!" onClick={leave}>
          {words.drop}
        </Button>
      </div>
    </div>
  );
  return { close, question };
}
