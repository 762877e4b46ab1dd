import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { SignInForm } from "../../features/account/sign-in/sign-in-form.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";

const words = accountWords.signIn;

export const metadata: Metadata = { title: words.title };

export default function SignIn() {
  return (
    <NarrowPage title={words.heading} other={{ ...words.other, href: "/sign-up" }}>
      <SignInForm />
    </NarrowPage>
  );
}
