import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { AccountLoading } from "../../features/account/account-loading.tsx";
import { AccountPage } from "../../features/account/account-page.tsx";
import { SessionGate } from "../../features/session/session-gate.tsx";

const words = accountWords.account;

export const metadata: Metadata = { title: words.title };

export default function Account() {
  return (
    <SessionGate title={words.heading} loading={<AccountLoading />}>
      <AccountPage />
    </SessionGate>
  );
}
