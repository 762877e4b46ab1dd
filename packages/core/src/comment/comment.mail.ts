import { cleanLine, cleanText } from "../clean-text.ts";
import { shortened } from "../length.ts";
import { type RenderedMail, renderMail } from "../mail/mail.template.ts";

/** Maximum length of a comment in the mail, in code points. */
const textLength = 300;
/** Maximum length of a name and of a title in the mail. */
const nameLength = 80;
/** Maximum number of comments whose text is in the mail. */
const shown = 5;

/** A new comment of a reader. */
export interface NewComment {
  readonly writer: string;
  readonly body: string;
  /** Title of the post. */
  readonly title: string;
  /** Path of the comment at the page of the post, or undefined while it waits for review. */
  readonly path?: string | undefined;
}

/**
 * Returns the mail about new comments, with the texts of the last ones.
 *
 * @param comments at least one, in the order of their creation
 * @param most if there are so many comments, there may be more
 */
export function commentMail(
  comments: readonly NewComment[],
  { appUrl, most }: { readonly appUrl: string; readonly most: number },
): RenderedMail {
  const review = `${appUrl}/write?view=comments`;
  const quotes = comments.slice(-shown).map(({ writer, title, body, path }) => ({
    by: `${short(writer)} on “${short(title)}”`,
    quote: shortened(cleanText(body).replaceAll(/\n\s*\n/g, "\n"), textLength),
    href: path === undefined ? review : appUrl + path,
    ...(path === undefined && { note: "Readers see it after you approve it." }),
  }));
  const [first, second] = comments;
  const several = `${comments.length < most ? comments.length : `${most}+`} new comments`;
  return renderMail({
    subject:
      first && !second ? `${short(first.writer)} commented on “${short(first.title)}”` : `${several} on your posts`,
    heading: second ? several : "A new comment",
    body: [
      ...(comments.length > shown ? [`These are the latest ${shown}. You find all of them at your writing desk.`] : []),
      ...quotes,
      { button: "Open your comments", href: review },
    ],
    reason: "You get this email because readers commented on your posts.",
    unsubscribe: { text: "Turn off emails about comments", href: `${appUrl}/account#notifications` },
  });
}

const short = (text: string): string => shortened(cleanLine(text), nameLength);
