"use client";

import { accountWords } from "../../copy/account.ts";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { AppFrame } from "../../lib/ui/layout/app-frame.tsx";
import { TextLink } from "../../lib/ui/link/text-link.tsx";
import { ThemeChoice } from "../../lib/ui/theme/theme-choice.tsx";
import { AccountMenu } from "../session/account-menu.tsx";
import { loadMe, useMe } from "../session/use-me.ts";
import { AccountLoading } from "./account-loading.tsx";
import { ChangeEmail } from "./profile/change-email.tsx";
import { ChangePassword } from "./profile/change-password.tsx";
import { DeleteAccount } from "./profile/delete-account.tsx";
import { Notifications } from "./profile/notifications.tsx";
import { Profile } from "./profile/profile.tsx";
import { Sessions } from "./profile/sessions.tsx";
import { SecondFactor } from "./second-factor/second-factor.tsx";
import { Section } from "./section.tsx";

const words = accountWords.account;

/** The account page of the signed-in user. */
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
          <Notifications me={me.me} />
          <ChangeEmail email={me.me.email} />
          <ChangePassword email={me.me.email} />
          <SecondFactor email={me.me.email} />
          <Sessions />
          <DeleteAccount email={me.me.email} />
        </>
      )}
    </AppFrame>
  );
}
