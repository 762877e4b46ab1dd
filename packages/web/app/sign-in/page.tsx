import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { SignInForm } from "../../features/account/sign-in/sign-in-form.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";
import { TextLink } from "../../lib/ui/link/text-link.tsx";

const words = accountWords.signIn;

export const metadata: Metadata = { title: words.title };

export default function SignIn() {
  const footer = (
    <>
      {words.other} <TextLink href="/sign-up">{words.otherAction}</TextLink>
    </>
  );
  return (
    <NarrowPage title={words.heading} footer={footer}>
      <SignInForm />
    </NarrowPage>
  );
}
