import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { ResetForm } from "../../features/account/sign-in/reset-form.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";
import { TextLink } from "../../lib/ui/link/text-link.tsx";

const words = accountWords.reset;

export const metadata: Metadata = { title: words.title };

export default function Reset() {
  const footer = (
    <>
      {words.other} <TextLink href="/forgot">{words.otherAction}</TextLink>
    </>
  );
  return (
    <NarrowPage title={words.heading} footer={footer}>
      <ResetForm />
    </NarrowPage>
  );
}
