import { ProblemError } from "@daybook/core/contract/failures";
import { useState } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { momentInWords } from "../../../lib/dates.ts";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { userApi } from "../../session/user-api.ts";
import type { OpenDraft } from "../drafts/open-draft.ts";
import { uploadsIn } from "../pictures/picture-references.ts";
import { publishedPathOf } from "../published-path.ts";

const words = writingWords.publish;

/**
 * A reason why the post cannot be published. `pointer` is the JSON pointer of the member, as in the API's problems:
 * "/slug".
 */
export interface PublishProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** Publishing operations of an open draft. */
export function usePublishing(openDraft: OpenDraft, onDone: () => void) {
  const [problems, setProblems] = useState<readonly PublishProblem[]>([]);
  const [pending, setPending] = useState(false);

  async function run(act: Parameters<OpenDraft["act"]>[0], told: () => void) {
    if (pending) return;
    setPending(true);
    setProblems([]);
    try {
      if (!(await openDraft.act(act))) {
        const { localDraft } = openDraft.view();
        setProblems([{ pointer: "", detail: localDraft?.base ? words.unsaved : words.nothing }]);
        return;
      }
      told();
      onDone();
    } catch (error) {
      setProblems(problemsOf(error));
    } finally {
      setPending(false);
    }
  }

  return {
    problems,
    pending,
    setProblems,
    /**
     * Publishes the post.
     * @param at publication time in ISO 8601, in the future. Omit it to publish now.
     */
    publish: (at?: string) => {
      const { localDraft } = openDraft.view();
      if (uploadsIn(localDraft?.draft.body ?? "").length > 0)
        return setProblems([{ pointer: "/body", detail: words.uploading }]);
      const wasPublished = localDraft?.base?.standing.state === "published";
      void run(
        async (postId, ifMatch) =>
          (await userApi.publishPost({ params: { postId }, body: at === undefined ? {} : { at } }, { ifMatch })).data,
        () => tellPublished(openDraft, at, wasPublished),
      );
    },
    unpublish: () => {
      const wasScheduled = openDraft.view().localDraft?.base?.standing.state === "scheduled";
      void run(
        async (postId, ifMatch) => (await userApi.unpublishPost({ params: { postId } }, { ifMatch })).data,
        () => showToast({ id: "publishing", text: wasScheduled ? words.unscheduled : words.unpublished }),
      );
    },
  };
}

function tellPublished(openDraft: OpenDraft, at: string | undefined, wasPublished: boolean): void {
  const page = openDraft.view().localDraft?.base?.standing.page;
  const text = at !== undefined ? words.scheduled(momentInWords(at)) : wasPublished ? words.updated : words.published;
  const open = page && at === undefined && { name: words.view, run: () => location.assign(publishedPathOf(page)) };
  showToast({ id: "publishing", text, ...(open && { action: open }) });
}

function problemsOf(error: unknown): readonly PublishProblem[] {
  if (isProblem(error, "slug-taken")) return [{ pointer: "/slug", detail: words.slugTaken }];
  if (isProblem(error, "version-conflict")) return [{ pointer: "", detail: words.changedElsewhere }];
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  if (errors.length > 0) return errors.map(({ pointer, detail }) => ({ pointer, detail }));
  return [{ pointer: "", detail: problemInWords(error) }];
}
