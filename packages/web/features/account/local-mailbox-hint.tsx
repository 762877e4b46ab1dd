import { useSyncExternalStore } from "react";

const never = () => () => {};
const isLaptop = () => location.hostname === "localhost" || location.hostname === "127.0.0.1";

/** On a developer's machine no mail leaves the house: tells where it goes instead. Deployed pages say nothing of it. */
export function LocalMailboxHint() {
  const local = useSyncExternalStore(never, isLaptop, () => false);
  if (!local) return "It may take a minute. Look among the unwanted mail, too.";
  return (
    <>
      Running locally? Your mail is in the{" "}
      <a className="font-medium text-accent underline underline-offset-4" href="http://localhost:8025">
        local mailbox
      </a>{" "}
      (port 8025, or your MAIL_PORT).
    </>
  );
}
