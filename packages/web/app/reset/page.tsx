import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { ResetForm } from "../../features/account/sign-in/reset-form.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";

const words = accountWords.reset;

export const metadata: Metadata = { title: words.title };

export default function Reset() {
  return (
    <NarrowPage title={words.heading} other={{ ...words.other, href: "/forgot" }}>
      <ResetForm />
    </NarrowPage>
  );
}
