import { accountWords } from "../../../copy/account.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { useSignOut } from "../../session/use-sign-out.tsx";
import { Section } from "../section.tsx";

const words = accountWords.sessions;

/** Signs the user out, on this device or on all devices. */
export function Sessions() {
  const { signOut, pending, dialog } = useSignOut();
  return (
    <Section heading={words.heading}>
      <p className="text-muted">{words.text}</p>
      <div className="flex flex-wrap gap-3">
        <Button aria-disabled={pending} onClick={() => signOut("here")}>
          {words.signOut}
        </Button>
        <Button aria-disabled={pending} onClick={() => signOut("everywhere")}>
          {words.everywhere}
        </Button>
      </div>
      {dialog}
    </Section>
  );
}
