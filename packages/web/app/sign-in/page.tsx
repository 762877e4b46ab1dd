import type { Metadata } from "next";
import { SignInForm } from "../../features/account/sign-in-form.tsx";
import { NarrowPage } from "../../lib/ui/narrow-page.tsx";
import { TextLink } from "../../lib/ui/text-link.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default function SignIn() {
  const footer = (
    <>
      New here? <TextLink href="/sign-up">Sign up</TextLink>
    </>
  );
  return (
    <NarrowPage title="Welcome back" footer={footer}>
      <SignInForm />
    </NarrowPage>
  );
}
