import { type ReactNode, useState } from "react";
import { accountWords } from "../../copy/account.ts";
import { problemInWords } from "../../lib/problem-words.ts";
import { Button } from "../../lib/ui/button.tsx";
import { Dialog } from "../../lib/ui/overlay/dialog.tsx";
import { showToast } from "../../lib/ui/toast/toast.tsx";
import { session } from "./browser-session.ts";
import { openLocalData } from "./local-data.ts";

type Way = "here" | "everywhere" | "as-somebody-else";

const ways: Readonly<Record<Way, () => Promise<void>>> = {
  here: () => session.signOut(),
  everywhere: () => session.signOut({ everywhere: true }),
  // The session has already ended, so there is nothing to end on the server.
  "as-somebody-else": async () => session.leave("signed-out"),
};

/**
 * Signs out and deletes the local data. Asks first if unsaved changes would be lost.
 * @returns `signOut`, and `dialog`, which the caller must render
 */
export function useSignOut(): { signOut(way: Way): void; pending: boolean; dialog: ReactNode } {
  const [asked, setAsked] = useState<{ way: Way; changes: number }>();
  const [pending, setPending] = useState(false);

  async function signOut(way: Way, evenSo = false) {
    if (pending) return;
    setPending(true);
    setAsked(undefined);
    try {
      const local = await openLocalData();
      const changes = evenSo ? 0 : await local.pendingChanges();
      if (changes > 0) setAsked({ way, changes });
      else {
        await ways[way]();
        await local.forgetLocalData();
      }
    } catch (error) {
      showToast({ id: "sign-out", tone: "error", text: accountWords.menu.failed(problemInWords(error)) });
    }
    setPending(false);
  }

  const words = accountWords.unsaved;
  const dialog = (
    <Dialog
      open={asked !== undefined}
      onOpenChange={() => setAsked(undefined)}
      title={words.title}
      description={words.text(asked?.changes ?? 0)}
      actions={
        <>
          <Button onClick={() => setAsked(undefined)}>{words.stay}</Button>
          <Button look="danger" onClick={() => asked && signOut(asked.way, true)}>
            {words.drop}
          </Button>
        </>
      }
    />
  );
  return { signOut: (way) => void signOut(way), pending, dialog };
}
