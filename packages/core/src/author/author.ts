import * as z from "zod";
import * as brand from "../brand.ts";
import { Picture } from "../media/media.ts";
import { exact, trimmedLines } from "../text.ts";
import { bioLength, handleForm, handleLength } from "./author.limits.ts";

/** A handle. It cannot be changed, because the address of each of the author's posts begins with it. */
export const Handle = exact(handleLength)
  .regex(handleForm, "Lower-case letters, digits and single hyphens between them")
  .meta({ example: "maya" })
  .brand<"Handle">();
export type Handle = z.output<typeof Handle>;

export const Bio = trimmedLines(bioLength).meta({ example: "Writes about gardens and computers." });

/** An author's public profile. */
export const Author = z
  .object({
    handle: Handle,
    url: z.url(),
    page: z.url().meta({ description: "URL of the author's page", example: `${brand.origin}/@maya` }),
    name: z.string().meta({ example: "Maya" }),
    bio: Bio,
    avatar: Picture.nullable(),
  })
  .meta({ id: "Author" });
export type Author = z.output<typeof Author>;

/** The part of an author's profile that is shown next to posts and comments. */
export const Byline = z
  .object(Author.pick({ handle: true, page: true, name: true, avatar: true }).shape)
  .meta({ id: "Byline" });
export type Byline = z.output<typeof Byline>;
