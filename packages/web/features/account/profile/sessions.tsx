import type { ActiveSession } from "@daybook/core/account/session/session";
import { accountWords } from "../../../copy/account.ts";
import { momentInWords } from "../../../lib/dates.ts";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { Button, TextButton } from "../../../lib/ui/button.tsx";
import { FailureState } from "../../../lib/ui/failure-state.tsx";
import { Skeleton } from "../../../lib/ui/skeleton.tsx";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { More } from "../../paginated/more.tsx";
import { type Paginated, usePaginated } from "../../paginated/use-paginated.ts";
import { useSignOut } from "../../session/use-sign-out.tsx";
import { userApi } from "../../session/user-api.ts";
import { Section } from "../section.tsx";

const words = accountWords.sessions;

/** Shows where the user is signed in, ends single sessions, and signs out here or everywhere. */
export function Sessions() {
  const sessions = usePaginated<ActiveSession>(userApi.listSessions);
  const { signOut, pending, dialog } = useSignOut();
  return (
    <Section heading={words.heading}>
      <p className="text-muted">{words.text}</p>
      {sessions.status === "pending" && (
        <div role="status">
          <span className="sr-only">{words.loading}</span>
          <Skeleton />
        </div>
      )}
      {sessions.status === "error" && (
        <FailureState title={words.failed} error={sessions.error} retry={sessions.reload} />
      )}
      {sessions.items.length > 0 && <SessionList sessions={sessions} />}
      <div className="flex flex-wrap gap-3">
        <Button aria-disabled={pending} onClick={() => signOut("here")}>
          {words.signOut}
        </Button>
        <Button aria-disabled={pending} onClick={() => signOut("everywhere")}>
          {words.everywhere}
        </Button>
      </div>
      {dialog}
    </Section>
  );
}

function SessionList({ sessions }: { sessions: Paginated<ActiveSession> }) {
  async function end({ id, device }: ActiveSession) {
    sessions.change((all) => all.filter((each) => each.id !== id));
    try {
      await userApi.endSession({ params: { sessionId: id } });
    } catch (error) {
      // It has ended already.
      if (!isProblem(error, "session-not-found")) {
        showToast({ id: "sessions", tone: "error", text: words.notEnded(problemInWords(error)) });
        sessions.reload();
        return;
      }
    }
    showToast({ id: "sessions", text: words.ended(device) });
  }
  return (
    <>
      <ul aria-label={words.list} className="border-t border-rule">
        {sessions.items.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-rule py-3"
          >
            <div className="min-w-0">
              <p className="font-medium">
                {session.device}
                {session.current && <span className="ml-2 text-sm font-normal text-accent">{words.current}</span>}
              </p>
              <p className="text-sm text-muted">
                {words.used} <Moment at={session.lastUsedAt} />
              </p>
              <p className="text-sm text-muted">
                {words.since} <Moment at={session.createdAt} />
              </p>
            </div>
            {!session.current && (
              <TextButton
                className="min-h-6"
                aria-label={words.endOf(session.device)}
                onClick={() => void end(session)}
              >
                {words.end}
              </TextButton>
            )}
          </li>
        ))}
      </ul>
      <More pages={sessions} name={words.more} />
    </>
  );
}

const Moment = ({ at }: { at: string }) => <time dateTime={at}>{momentInWords(at)}</time>;
