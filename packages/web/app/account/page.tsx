import type { Metadata } from "next";
import { accountWords } from "../../copy/account.ts";
import { AccountLoading } from "../../features/account/account-loading.tsx";
import { AccountPage } from "../../features/account/account-page.tsx";
import { SessionGate } from "../../features/session/session-gate.tsx";
import { AppFrame } from "../../lib/ui/layout/app-frame.tsx";

const words = accountWords.account;

export const metadata: Metadata = { title: words.title };

export default function Account() {
  const loading = (
    <AppFrame title={words.heading}>
      <AccountLoading />
    </AppFrame>
  );
  return (
    <SessionGate fallback={loading}>
      <AccountPage />
    </SessionGate>
  );
}
