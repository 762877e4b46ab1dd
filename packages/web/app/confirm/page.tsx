import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { ConfirmForm } from "../../features/account/sign-in/confirm-form.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";

const words = accountWords.confirm;

export const metadata: Metadata = { title: words.title };

export default function Confirm() {
  return (
    <NarrowPage title={words.heading} other={{ ...words.other, href: "/sign-up" }}>
      <ConfirmForm />
    </NarrowPage>
  );
}
