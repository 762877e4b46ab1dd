import type { PictureData } from "@daybook/core/media/media.sources";
import { Picture } from "../../lib/ui/picture.tsx";
import { paths } from "./site.ts";

interface Person {
  readonly handle: string;
  readonly name: string;
  readonly avatar: PictureData | null;
}

/** The avatar, or the first letter of the name. Decorative, because the name is always beside it. */
export function Avatar({ name, avatar, large = false }: Pick<Person, "name" | "avatar"> & { large?: boolean }) {
  const size = large ? "size-20 text-3xl" : "size-10 text-lg";
  if (avatar)
    return <Picture picture={avatar} alt="" sizes={large ? "5rem" : "2.5rem"} eager className={`avatar ${size}`} />;
  return (
    <span aria-hidden="true" className={`avatar grid place-items-center bg-selected font-serif text-accent ${size}`}>
      {[...name][0]}
    </span>
  );
}

/** A date in UTC, as in the archive. @param moment in ISO 8601 */
export const Day = ({ moment }: { moment: string }) => (
  <time dateTime={moment}>
    {new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(new Date(moment))}
  </time>
);

/** The author's name as a link to the author page. */
export const AuthorLink = ({ handle, name }: Pick<Person, "handle" | "name">) => (
  <a
    href={paths.author(handle)}
    rel="author"
    dir="auto"
    className="inline-flex min-h-6 items-center rounded-sm font-semibold text-ink hover:text-accent"
  >
    {name}
  </a>
);
