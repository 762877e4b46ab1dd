import type { User } from "@daybook/core/user/user";
import { writingWords } from "../../../copy/writing.ts";
import { Field } from "../../../lib/ui/form/field.tsx";

const words = writingWords.publish;

interface AuthorFieldsProps {
  readonly me: User;
  readonly handle: string;
  /** Whether publishing failed, so that closing the dialog would lose the typed values. */
  readonly refused: boolean;
  problemOf(pointer: string): string | undefined;
  onHandle(handle: string): void;
}

/** The fields of the profile that an author must fill in before publishing: name and handle. */
export const AuthorFields = ({ me, handle, refused, problemOf, onHandle }: AuthorFieldsProps) => (
  <div data-refused={refused || undefined} className="space-y-6">
    {me.name === null && (
      <Field
        name="name"
        label={words.name}
        hint={words.nameHint}
        dir="auto"
        autoComplete="name"
        error={problemOf("/name")}
      />
    )}
    {me.handle === null && (
      <Field
        name="handle"
        label={words.handle}
        hint={words.handleHint(handle)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={handle}
        error={problemOf("/handle")}
        onChange={(event) => onHandle(event.target.value.toLowerCase())}
      />
    )}
  </div>
);
