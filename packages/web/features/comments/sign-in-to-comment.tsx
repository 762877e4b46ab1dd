import { commentsWords as words } from "../../copy/comments.static.ts";
import { formPart } from "../session/return-path.ts";

/**
 * Sign-in link for visitors. A plain link, so that it works before any script loads. After sign-in, it leads back to
 * the post.
 */
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
