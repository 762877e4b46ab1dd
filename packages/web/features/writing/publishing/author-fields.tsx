import type { Handle } from "@daybook/core/author/author";
import { isHandle } from "@daybook/core/author/author.limits";
import { lengthProblem } from "@daybook/core/length";
import type { User } from "@daybook/core/user/user";
import { useState } from "react";
import * as v from "valibot";
import { writingWords } from "../../../copy/writing.ts";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { Field } from "../../../lib/ui/form/field.tsx";
import { Message } from "../../../lib/ui/message.tsx";
import { acceptMe } from "../../session/use-me.ts";
import { userApi } from "../../session/user-api.ts";

const words = writingWords.publish;
const handleOf = v.custom<Handle>((value) => typeof value === "string" && isHandle(value));

/** State of the profile fields that an author must fill in before publishing: name and handle. */
export function useAuthorFields(me: User | undefined) {
  const [name, setName] = useState("");
  const [handle, setHandle] = useState("");
  const [errors, setErrors] = useState<{ readonly name?: string; readonly handle?: string; readonly all?: string }>({});
  const needs = { name: me !== undefined && me.name === null, handle: me !== undefined && me.handle === null };

  /**
   * Saves the missing fields.
   * @returns whether the profile is complete
   */
  async function save(): Promise<boolean> {
    if (!needs.handle && !needs.name) return true;
    const chosen = v.safeParse(handleOf, handle);
    const nameProblem = needs.name && lengthProblem(name.trim(), { min: 1, max: 100 });
    const found = {
      ...(nameProblem && { name: words.nameWrong }),
      ...(needs.handle && !chosen.success && { handle: words.handleWrong }),
    };
    setErrors(found);
    if (Object.keys(found).length > 0) return false;
    const body = { ...(needs.name && { name: name.trim() }), ...(chosen.success && { handle: chosen.output }) };
    try {
      acceptMe((await userApi.updateMe({ body })).data);
      return true;
    } catch (error) {
      setErrors(isProblem(error, "handle-taken") ? { handle: words.handleTaken } : { all: problemInWords(error) });
      return false;
    }
  }
  return { name, setName, typed: handle, setHandle, errors, needs, save, handle: me?.handle ?? handle };
}

/** Fields for the missing parts of the profile. Renders nothing if the profile is complete. */
export function AuthorFields({ fields }: { fields: ReturnType<typeof useAuthorFields> }) {
  const { needs, errors } = fields;
  if (!needs.name && !needs.handle) return null;
  return (
    <div data-refused={errors.all === undefined ? undefined : true} className="space-y-6">
      {errors.all && <Message kind="error">{errors.all}</Message>}
      {needs.name && (
        <Field
          name="name"
          label={words.name}
          hint={words.nameHint}
          autoComplete="name"
          value={fields.name}
          error={errors.name}
          onChange={(event) => fields.setName(event.target.value)}
        />
      )}
      {needs.handle && (
        <Field
          name="handle"
          label={words.handle}
          hint={words.handleHint(fields.typed)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={fields.typed}
          error={errors.handle}
          onChange={(event) => fields.setHandle(event.target.value.toLowerCase())}
        />
      )}
    </div>
  );
}
