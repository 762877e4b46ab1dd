import type { Metadata } from "next";
import { SessionGate } from "../../features/session/session-gate.tsx";
import { Inbox } from "../../features/todo/inbox.tsx";
import { TodosLoading } from "../../features/todo/todos-loading.tsx";
import { Heading } from "../../lib/ui/heading.tsx";
import { Page } from "../../lib/ui/page.tsx";

export const metadata: Metadata = { title: "Inbox" };

export default function Todos() {
  const loading = (
    <Page>
      <Heading>Inbox</Heading>
      <TodosLoading />
    </Page>
  );
  return (
    <SessionGate fallback={loading}>
      <Inbox />
    </SessionGate>
  );
}
