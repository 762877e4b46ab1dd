import type { MouseEventHandler } from "react";
import { commentsWords as words } from "../../words/comments.ts";

/** The way to take part for who is not signed in, which works without a script as well. */
export const SignInToComment = ({ onClick }: { onClick: MouseEventHandler }) => (
  <p className="flex min-h-control items-center">
    <a
      href="/sign-in"
      onClick={onClick}
      className="rounded-sm font-semibold text-accent underline underline-offset-4 hover:text-accent-strong"
    >
      {words.signIn}
    </a>
  </p>
);
