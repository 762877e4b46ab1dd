import { componentOf, onDemand } from "../../lib/ui/on-demand.ts";
import { Toasts } from "../../lib/ui/toast/toast.tsx";
import { session } from "../session/browser-session.ts";
import { recallPerson } from "../session/remembered-person.ts";
import { useSession } from "../session/use-session.ts";
import type { CommentedPost, DeliveredComment } from "./comments-island.tsx";
import { Participation } from "./participation.tsx";
import type { ShownComment } from "./thread/threads.tsx";

const SignInAgain = componentOf(
  onDemand(() => import("../session/sign-in-again.tsx"), { ahead: false }),
  (part) => part.SignInAgain,
);

/** Restores the session of a returning user. Visitors without an earlier session cause no request. */
export function begin(): void {
  if (recallPerson()) void session.restore();
}

export interface LiveCommentsProps {
  readonly post: CommentedPost;
  readonly delivered: readonly DeliveredComment[];
  /** Sets the comments shown above. */
  setShown(comments: readonly ShownComment[]): void;
  setSignedIn(isSignedIn: boolean): void;
}

/** Interactive part of the comments. It passes the comments to show to the page, and renders the form below them. */
export function LiveComments(props: LiveCommentsProps) {
  const { status, person } = useSession();
  return (
    <>
      {/* Another user gets a new component, with their own drafts and pending comments. */}
      <Participation key={person?.id ?? "nobody"} personId={person?.id} {...props} />
      {status === "expired" && <SignInAgain />}
      <Toasts />
    </>
  );
}
