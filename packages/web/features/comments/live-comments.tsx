import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { Toasts } from "../../lib/ui/toast/toast.tsx";
import { session } from "../session/browser-session.ts";
import { recallPerson } from "../session/remembered-person.ts";
import { useSession } from "../session/use-session.ts";
import type { CommentedPost, DeliveredComment } from "./comments-island.tsx";
import { Participation } from "./participation.tsx";
import type { ShownComment } from "./thread/threads.tsx";

const signInAgain = onDemand(() => import("../session/sign-in-again.tsx"), { ahead: false });

/** Finds out who reads: nobody is asked for who was not signed in at the last visit. */
export function begin(): void {
  if (recallPerson()) void session.restore();
}

export interface LiveCommentsProps {
  readonly post: CommentedPost;
  readonly delivered: readonly DeliveredComment[];
  /** Told what is to be shown above, and whether whoever reads is signed in. */
  show(comments: readonly ShownComment[], isSignedIn: boolean): void;
}

/** What lets readers take part. It tells the page what to show, and renders what stands below that. */
export function LiveComments(props: LiveCommentsProps) {
  const { status, person } = useSession();
  const again = usePart(signInAgain, status === "expired");
  return (
    <>
      {/* What was begun by one person is not gone on with by another. */}
      <Participation key={person?.id ?? "nobody"} personId={person?.id} {...props} />
      {status === "expired" && again && <again.SignInAgain />}
      <Toasts />
    </>
  );
}
