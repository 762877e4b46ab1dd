import type { Metadata } from "next";
import { SignUpForm } from "../../features/account/sign-up-form.tsx";
import { NarrowPage } from "../../lib/ui/narrow-page.tsx";
import { TextLink } from "../../lib/ui/text-link.tsx";

export const metadata: Metadata = { title: "Sign up" };

export default function SignUp() {
  const footer = (
    <>
      Already have an account? <TextLink href="/sign-in">Sign in</TextLink>
    </>
  );
  return (
    <NarrowPage title="Create your account" footer={footer}>
      <SignUpForm />
    </NarrowPage>
  );
}
