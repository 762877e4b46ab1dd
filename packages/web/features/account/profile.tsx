import { operations } from "@daybook/core/api";
import type { User } from "@daybook/core/user/user";
import { type ReactNode, useState } from "react";
import { dateInWords } from "../../lib/dates.ts";
import { isProblem } from "../../lib/problem-words.ts";
import { Field } from "../../lib/ui/field.tsx";
import { Form } from "../../lib/ui/form.tsx";
import { Message } from "../../lib/ui/message.tsx";
import { showToast } from "../../lib/ui/toast.tsx";
import { useForm } from "../../lib/ui/use-form.ts";
import { accountWords } from "../../words/account.ts";
import { acceptMe } from "../session/use-me.ts";
import { userApi } from "../session/user-api.ts";
import { Section } from "./section.tsx";

const words = accountWords.profile;

/** Who somebody is here: the address cannot be changed, the name can. */
export function Profile({ me }: { me: User }) {
  const [conflict, setConflict] = useState("");
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.updateMe.body,
    words: { name: words.nameWrong },
    // An emptied field takes the name away.
    read: ({ name }) => ({ name: String(name).trim() === "" ? null : name }),
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
        <Fact term={accountWords.email.label}>{me.email}</Fact>
        <Fact term={words.sinceLabel}>
          <time dateTime={me.createdAt}>{dateInWords(me.createdAt)}</time>
        </Fact>
      </dl>
      <Form {...formProps} oneOfSeveral failure={failure} pending={pending} action={words.action}>
        {conflict && <Message kind="error">{conflict}</Message>}
        <Field
          name="name"
          label={words.name}
          autoComplete="name"
          defaultValue={me.name ?? ""}
          hint={words.nameHint}
          error={errors.name}
        />
      </Form>
    </Section>
  );
}

const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <div>
    <dt className="text-sm text-muted">{term}</dt>
    <dd className="wrap-anywhere">{children}</dd>
  </div>
);
