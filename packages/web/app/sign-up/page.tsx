import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { SignUpForm } from "../../features/account/sign-in/sign-up-form.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";

const words = accountWords.signUp;

export const metadata: Metadata = { title: words.title };

export default function SignUp() {
  return (
    <NarrowPage title={words.heading} other={{ ...words.other, href: "/sign-in" }}>
      <SignUpForm />
    </NarrowPage>
  );
}
