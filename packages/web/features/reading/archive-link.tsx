import { reading } from "../../copy/reading.ts";
import { paths } from "./site.ts";

/** The link to the archive at the end of a list that is too long for its page. */
export const ArchiveLink = () => (
  <p className="mt-10">
    <a
      href={paths.archive}
      className="rounded-sm font-semibold text-accent underline underline-offset-4 hover:text-accent-strong"
    >
      {reading.older}
    </a>
  </p>
);
