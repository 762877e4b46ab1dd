import { ForDevelopers, MakeItYours } from "../features/landing/for-developers.tsx";
import { Hero, Promises } from "../features/landing/for-people.tsx";
import { ForReaders } from "../features/landing/for-readers.tsx";
import { LandingFrame } from "../features/landing/landing-frame.tsx";

export default function Landing() {
  return (
    <LandingFrame>
      <Hero />
      <Promises />
      <ForReaders />
      <ForDevelopers />
      <MakeItYours />
    </LandingFrame>
  );
}
