import type { Metadata } from "next";
import { ConfirmForm } from "../../features/account/confirm-form.tsx";
import { NarrowPage } from "../../lib/ui/narrow-page.tsx";
import { TextLink } from "../../lib/ui/text-link.tsx";

export const metadata: Metadata = { title: "Check your mail" };

export default function Confirm() {
  const footer = (
    <>
      Another address? <TextLink href="/sign-up">Sign up again</TextLink>
    </>
  );
  return (
    <NarrowPage title="Check your mail" footer={footer}>
      <ConfirmForm />
    </NarrowPage>
  );
}
