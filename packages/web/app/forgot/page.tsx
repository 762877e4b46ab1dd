import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { ForgotForm } from "../../features/account/sign-in/forgot-form.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";
import { TextLink } from "../../lib/ui/link/text-link.tsx";

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
