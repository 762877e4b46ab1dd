"use client";

import { accountWords } from "../../copy/account.ts";
import { AppFrame } from "../../lib/ui/app-frame.tsx";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { TextLink } from "../../lib/ui/text-link.tsx";
import { ThemeChoice } from "../../lib/ui/theme-choice.tsx";
import { AccountMenu } from "../session/account-menu.tsx";
import { loadMe, useMe } from "../session/use-me.ts";
import { AccountLoading } from "./account-loading.tsx";
import { ChangePassword } from "./change-password.tsx";
import { DeleteAccount } from "./delete-account.tsx";
import { Profile } from "./profile.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { Section } from "./section.tsx";
import { Sessions } from "./sessions.tsx";

const words = accountWords.account;

/** The page of the account of whoever is signed in. */
export function AccountPage() {
  const me = useMe();
  return (
    <AppFrame title={words.heading} account={<AccountMenu />}>
      <p className="-mt-3 mb-8">
        <TextLink href="/todos">{words.back}</TextLink>
      </p>
      {me.status === "pending" && <AccountLoading />}
      {me.status === "error" && <FailureState title={words.failed} error={me.error} retry={() => void loadMe()} />}
      {me.status === "success" && (
        <>
          <Profile me={me.me} />
          <Section heading={accountWords.appearance.heading}>
            <div className="flex text-sm">
              <ThemeChoice />
            </div>
          </Section>
          <ChangePassword email={me.me.email} />
          <SecondFactor email={me.me.email} />
          <Sessions />
          <DeleteAccount email={me.me.email} />
        </>
      )}
    </AppFrame>
  );
}
