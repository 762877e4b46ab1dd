import type { Metadata } from "next";
import { listWords } from "../../copy/list.ts";
import { SessionGate } from "../../features/session/session-gate.tsx";
import { TodosLoading } from "../../features/todo/todos-loading.tsx";
import { TodosPage } from "../../features/todo/todos-page.tsx";
import { AppFrame } from "../../lib/ui/layout/app-frame.tsx";

export const metadata: Metadata = { title: listWords.inbox };

export default function Todos() {
  const loading = (
    <AppFrame title={listWords.inbox}>
      <TodosLoading />
    </AppFrame>
  );
  return (
    <SessionGate fallback={loading}>
      <TodosPage />
    </SessionGate>
  );
}
