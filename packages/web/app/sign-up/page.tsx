import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { SignUpForm } from "../../features/account/sign-in/sign-up-form.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";
import { TextLink } from "../../lib/ui/link/text-link.tsx";

const words = accountWords.signUp;

export const metadata: Metadata = { title: words.title };

export default function SignUp() {
  const footer = (
    <>
      {words.other} <TextLink href="/sign-in">{words.otherAction}</TextLink>
    </>
  );
  return (
    <NarrowPage title={words.heading} footer={footer}>
      <SignUpForm />
    </NarrowPage>
  );
}
