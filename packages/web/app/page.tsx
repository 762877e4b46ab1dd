import { ForDevelopers, MakeItYours } from "../features/landing/for-developers.tsx";
import { Hero, Promises } from "../features/landing/for-people.tsx";
import { ForReaders } from "../features/landing/for-readers.tsx";
import { LandingNav } from "../features/landing/landing-nav.tsx";
import { Page } from "../lib/ui/layout/page.tsx";

export default function Landing() {
  return (
    <Page wide actions={<LandingNav />}>
      <Hero />
      <Promises />
      <ForReaders />
      <ForDevelopers />
      <MakeItYours />
    </Page>
  );
}
