import { commentsWords as words } from "../../copy/comments.static.ts";
import { formPart } from "../session/return-path.ts";

/** The way to take part for who is not signed in: a plain link, which leads back to here without any script of this page. */
export const SignInToComment = () => (
  <p className="flex min-h-control items-center">
    <a
      href={`/sign-in${formPart}`}
      className="rounded-sm font-semibold text-accent underline underline-offset-4 hover:text-accent-strong"
    >
      {words.signIn}
    </a>
  </p>
);
