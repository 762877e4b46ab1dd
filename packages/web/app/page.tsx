import { ButtonLink } from "../lib/ui/button.tsx";
import { Heading } from "../lib/ui/heading.tsx";
import { Page } from "../lib/ui/page.tsx";
import { TextLink } from "../lib/ui/text-link.tsx";

export default function Landing() {
  return (
    <Page footer={<TextLink href="/docs/api">API reference</TextLink>}>
      <Heading>A quiet list for what the day asks of you</Heading>
      <p className="mt-4 max-w-prose text-lg text-muted">
        Write it down, tick it off, find it again tomorrow. Daybook keeps your todos, and nothing else asks for your
        attention.
      </p>
      <div className="mt-8 flex flex-wrap gap-3">
        <ButtonLink href="/sign-up" look="primary">
          Sign up
        </ButtonLink>
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </div>
    </Page>
  );
}
