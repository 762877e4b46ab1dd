import type { Metadata } from "next";
import { listWords } from "../../copy/list.ts";
import { SessionGate } from "../../features/session/session-gate.tsx";
import { TodosLoading } from "../../features/todo/todos-loading.tsx";
import { TodosPage } from "../../features/todo/todos-page.tsx";

export const metadata: Metadata = { title: listWords.inbox };

export default function Todos() {
  return (
    <SessionGate title={listWords.inbox} loading={<TodosLoading />}>
      <TodosPage />
    </SessionGate>
  );
}
