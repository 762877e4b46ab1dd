import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { ForgotForm } from "../../features/account/forgot-form.tsx";
import { NarrowPage } from "../../lib/ui/narrow-page.tsx";
import { TextLink } from "../../lib/ui/text-link.tsx";

const words = accountWords.forgot;

export const metadata: Metadata = { title: words.title };

export default function Forgot() {
  const footer = (
    <>
      {words.other} <TextLink href="/sign-in">{words.otherAction}</TextLink>
    </>
  );
  return (
    <NarrowPage title={words.heading} footer={footer}>
      <ForgotForm />
    </NarrowPage>
  );
}
