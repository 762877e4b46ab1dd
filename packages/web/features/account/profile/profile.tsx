import { operations } from "@daybook/core/api";
import type { User, UserUpdate } from "@daybook/core/user/user";
import { useState } from "react";
import { accountWords } from "../../../copy/account.ts";
import { dateInWords } from "../../../lib/dates.ts";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { Field } from "../../../lib/ui/form/field.tsx";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { Message } from "../../../lib/ui/message.tsx";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { PictureField } from "../../pictures/picture-field.tsx";
import { acceptMe } from "../../session/use-me.ts";
import { userApi } from "../../session/user-api.ts";
import { Section } from "../section.tsx";
import { AuthorFields, authorProblems, Handle, readAuthor } from "./author-fields.tsx";
import { Fact } from "./fact.tsx";

const words = accountWords.profile;

/** The user's profile. */
export function Profile({ me }: { me: User }) {
  const [conflict, setConflict] = useState("");
  const form = useForm({
    schema: operations.updateMe.body,
    read: readProfile,
    problems: [...authorProblems],
    async send(profile) {
      setConflict("");
      try {
        acceptMe((await userApi.updateMe({ body: profile }, { ifMatch: me.version })).data);
        showToast({ id: "profile", text: words.saved });
      } catch (error) {
        if (!isProblem(error, "version-conflict")) throw error;
        const { data: now } = await userApi.getMe();
        acceptMe(now);
        setConflict(words.conflict(now.name));
      }
    },
  });
  return (
    <Section heading={words.heading}>
      <dl className="space-y-3">
        <Fact term={words.sinceLabel}>
          <time dateTime={me.createdAt}>{dateInWords(me.createdAt)}</time>
        </Fact>
        <Handle me={me} />
      </dl>
      <Avatar me={me} />
      <Form form={form} look="plain" action={words.action}>
        {conflict && <Message kind="error">{conflict}</Message>}
        <Field
          name="name"
          label={words.name}
          autoComplete="name"
          defaultValue={me.name ?? ""}
          hint={words.nameHint}
          invalid={words.nameWrong}
        />
        <AuthorFields me={me} />
      </Form>
    </Section>
  );
}

/** An empty name clears the name. */
function readProfile(fields: Readonly<Record<string, FormDataEntryValue>>) {
  const { name } = fields;
  return { name: String(name).trim() === "" ? null : name, ...readAuthor(fields) };
}

/** Changes the avatar. It is saved as soon as the upload completes. */
function Avatar({ me }: { me: User }) {
  async function change(avatarId: NonNullable<UserUpdate["avatarId"]> | null) {
    try {
      acceptMe((await userApi.updateMe({ body: { avatarId } })).data);
      showToast({ id: "avatar", text: avatarId === null ? words.avatarRemoved : words.avatarSaved });
    } catch (error) {
      showToast({ id: "avatar", tone: "error", text: words.avatarFailed(problemInWords(error)) });
    }
  }
  return (
    <PictureField
      round
      label={words.avatar}
      mediaId={me.avatarId}
      choose={me.avatarId === null ? words.avatarChoose : words.avatarReplace}
      remove={words.avatarRemove}
      onChange={(mediaId) => void change(mediaId)}
    />
  );
}
