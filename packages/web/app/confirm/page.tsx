import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { ConfirmForm } from "../../features/account/sign-in/confirm-form.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";
import { TextLink } from "../../lib/ui/link/text-link.tsx";

const words = accountWords.confirm;

export const metadata: Metadata = { title: words.title };

export default function Confirm() {
  const footer = (
    <>
      {words.other} <TextLink href="/sign-up">{words.otherAction}</TextLink>
    </>
  );
  return (
    <NarrowPage title={words.heading} footer={footer}>
      <ConfirmForm />
    </NarrowPage>
  );
}
