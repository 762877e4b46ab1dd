import type { User } from "@daybook/core/user/user";
import { useEffect, useRef, useState } from "react";
import { authorWords } from "../../../copy/author.ts";
import { problemInWords } from "../../../lib/problem-words.ts";
import { Switch } from "../../../lib/ui/form/switch.tsx";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { acceptMe } from "../../session/use-me.ts";
import { userApi } from "../../session/user-api.ts";
import { Section } from "../section.tsx";

const words = authorWords.notifications;

/** Turns emails about comments on and off. It is saved at once. Emails link to `/account#notifications`. */
export function Notifications({ me }: { me: User }) {
  const [saving, setSaving] = useState<boolean>();
  const part = useRef<HTMLDivElement>(null);
  // The page shows this part after the profile is loaded, so the browser cannot scroll to it itself.
  useEffect(() => {
    if (location.hash === "#notifications") part.current?.scrollIntoView({ block: "center" });
  }, []);

  async function change(commentEmails: boolean) {
    if (saving !== undefined) return;
    setSaving(commentEmails);
    try {
      acceptMe((await userApi.updateMe({ body: { commentEmails } })).data);
      showToast({ id: "notifications", text: commentEmails ? words.on : words.off });
    } catch (error) {
      showToast({ id: "notifications", tone: "error", text: words.failed(problemInWords(error)) });
    }
    setSaving(undefined);
  }

  return (
    <Section heading={words.heading}>
      <div ref={part} id="notifications">
        <Switch
          label={words.comments}
          hint={words.commentsHint}
          checked={saving ?? me.commentEmails}
          onChange={(commentEmails) => void change(commentEmails)}
        />
      </div>
    </Section>
  );
}
