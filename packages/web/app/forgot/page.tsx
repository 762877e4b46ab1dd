import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { ForgotForm } from "../../features/account/sign-in/forgot-form.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";

const words = accountWords.forgot;

export const metadata: Metadata = { title: words.title };

export default function Forgot() {
  return (
    <NarrowPage title={words.heading} other={{ ...words.other, href: "/sign-in" }}>
      <ForgotForm />
    </NarrowPage>
  );
}
