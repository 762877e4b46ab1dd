import { bioLength } from "@daybook/core/author/author.limits";
import type { User } from "@daybook/core/user/user";
import { authorWords } from "../../../copy/author.ts";
import { Field } from "../../../lib/ui/form/field.tsx";
import { TextArea } from "../../../lib/ui/form/text-area.tsx";
import { PageLink } from "../../../lib/ui/link/page-link.tsx";
import { Fact } from "./fact.tsx";

const words = authorWords;

/** Refusals of a change of the author, each with its field and text. */
export const authorProblems = [
  ["handle-taken", "handle", words.handleTaken],
  ["name-required", "name", words.nameNeeded],
] as const;

/** The chosen handle, which cannot be changed. */
export const Handle = ({ me }: { me: User }) =>
  me.handle !== null && (
    <Fact term={words.handle}>
      <PageLink href={`/@${me.handle}`}>@{me.handle}</PageLink>
      <span className="block text-sm text-muted">{words.handleStays}</span>
    </Fact>
  );

/** The fields of the profile that readers see. */
export const AuthorFields = ({ me }: { me: User }) => (
  <>
    {me.handle === null && (
      <Field
        name="handle"
        label={words.handle}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        hint={words.handleHint}
        invalid={words.handleWrong}
      />
    )}
    <TextArea
      name="bio"
      label={words.bio}
      dir="auto"
      defaultValue={me.bio}
      hint={words.bioHint}
      invalid={words.bioWrong(bioLength.max)}
    />
  </>
);

/** An empty handle is not sent. */
export function readAuthor({ handle, bio }: Readonly<Record<string, FormDataEntryValue>>) {
  const chosen = String(handle ?? "")
    .trim()
    .toLowerCase();
  return { bio, ...(chosen !== "" && { handle: chosen }) };
}
