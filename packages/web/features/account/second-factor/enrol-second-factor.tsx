import type { SecondFactorEnrolment } from "@daybook/core/account/account";
import { secondFactorOperations } from "@daybook/core/account/second-factor.api";
import { accountWords } from "../../../copy/account.ts";
import { secondFactorWords } from "../../../copy/second-factor.ts";
import { CopyButton } from "../../../lib/ui/copy-button.tsx";
import { CodeField } from "../../../lib/ui/form/code-field.tsx";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { userApi } from "../../session/user-api.ts";
import { QrCode } from "./qr-code.tsx";

const words = secondFactorWords.steps.app;

interface EnrolProps {
  readonly enrolment: SecondFactorEnrolment;
  /** The password that started the enrollment. Kept only in this tab's memory. */
  readonly password: string;
  /** @param codes the recovery codes, which are shown only once */
  onEnabled(codes: readonly string[]): void;
}

/** Shows the secret as a QR code and as text, and asks for the first code generated from it. */
export function EnrolSecondFactor({ enrolment, password, onEnabled }: EnrolProps) {
  const form = useForm({
    schema: secondFactorOperations.confirmSecondFactor.body,
    read: ({ code }) => ({ code, password }),
    problems: [["second-factor-code-incorrect", "code", words.refused]],
    async send(body) {
      const { data } = await userApi.confirmSecondFactor({ body });
      onEnabled(data.codes);
    },
  });
  return (
    <div className="space-y-5">
      <QrCode text={enrolment.uri} label={words.picture} />
      <div data-copied>
        <div className="flex items-center justify-between gap-3 text-sm text-muted">
          {words.secret}
          <CopyButton />
        </div>
        <code className="font-mono text-sm">
          <Groups text={enrolment.secret} />
        </code>
      </div>
      <Form form={form} action={words.action}>
        <CodeField name="code" label={words.code} invalid={accountWords.appCode.wrong} submits />
      </Form>
    </div>
  );
}

/** Shows a long text in groups of four characters. They are easier to read, and are copied without spaces. */
const Groups = ({ text }: { text: string }) =>
  [...text.matchAll(/.{1,4}/g)].map(({ 0: group, index }) => (
    <span key={index} className="mr-2 inline-block">
      {group}
    </span>
  ));
