import type { Handle } from "@daybook/core/author/author";
import { isHandle } from "@daybook/core/author/author.limits";
import { ProblemError } from "@daybook/core/contract/failures";
import { isInRange } from "@daybook/core/date/date.limits";
import { lengthProblem } from "@daybook/core/length";
import * as v from "valibot";
import { writingWords } from "../../../copy/writing.ts";
import { momentInWords } from "../../../lib/dates.ts";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { acceptMe } from "../../session/use-me.ts";
import { userApi } from "../../session/user-api.ts";
import { type Draft, draftMembers } from "../drafts/draft.ts";
import { draftProblem } from "../drafts/draft-problems.ts";
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

const isName = (name: string) => lengthProblem(name, { min: 1, max: 100 }) === undefined;
const isFuture = (at: string) => isInRange(at) && new Date(at).getTime() > Date.now();
const isPast = (at: string) => isInRange(at) && new Date(at).getTime() <= Date.now();
const inUtc = (at: string) => new Date(at).toISOString();

/** Whether two times are in the same minute, the unit of the fields. Times are in ISO 8601 and UTC. */
const isSameMinute = (a: string, b: string | null | undefined) => a.slice(0, 16) === b?.slice(0, 16);

/** Values of the publish dialog that are not part of the draft. Times are in the user's time zone, outputs in UTC. */
const PublishForm = v.object({
  name: v.exactOptional(v.pipe(v.string(), v.trim(), v.check(isName, words.nameWrong))),
  handle: v.exactOptional(v.custom<Handle>((value) => typeof value === "string" && isHandle(value), words.handleWrong)),
  at: v.exactOptional(v.pipe(v.string(), v.check(isFuture, words.atWrong), v.transform(inUtc))),
  publishedAt: v.exactOptional(v.pipe(v.string(), v.check(isPast, words.publishedAtWrong), v.transform(inUtc))),
});

/**
 * Publishes a post, and before it the author's profile.
 * @param form `name` and `handle` if the profile lacks them, `at` unless the post is published now, and `publishedAt`
 * if it is published with another date
 * @returns why the post is not published; empty on success
 */
export async function publish(openDraft: OpenDraft, form: FormData): Promise<readonly PublishProblem[]> {
  const parsed = v.safeParse(PublishForm, Object.fromEntries(form));
  if (!parsed.success)
    return parsed.issues.map((issue) => ({ pointer: `/${v.getDotPath(issue)}`, detail: issue.message }));
  const { at, publishedAt, ...author } = parsed.output;
  const { localDraft } = openDraft.view();
  const invalid = localDraft ? invalidMembersOf(localDraft.draft) : [];
  if (invalid.length > 0) return invalid;
  if (uploadsIn(localDraft?.draft.body ?? "").length > 0) return [{ pointer: "/body", detail: words.uploading }];
  const standing = localDraft?.base?.standing;
  const wasPublished = standing?.state === "published";
  const isNewDate = publishedAt !== undefined && !isSameMinute(publishedAt, standing?.publishedAt);
  return run(
    openDraft,
    async (postId, ifMatch) => {
      if (Object.keys(author).length > 0) acceptMe((await userApi.updateMe({ body: author })).data);
      const body = { ...(at !== undefined && { at }), ...(isNewDate && { publishedAt }) };
      return (await userApi.publishPost({ params: { postId }, body }, { ifMatch })).data;
    },
    () => {
      if (at !== undefined) return tell(words.scheduled(momentInWords(at)));
      const page = openDraft.view().localDraft?.base?.standing.page;
      const open = page ? { name: words.view, run: () => location.assign(publishedPathOf(page)) } : undefined;
      tell(wasPublished ? words.updated : words.published, open);
    },
  );
}

/** Returns the members of a draft that the API would refuse. They are not saved, so the post cannot be published. */
const invalidMembersOf = (draft: Draft): PublishProblem[] =>
  draftMembers.flatMap((member) => {
    const detail = draftProblem(draft, member);
    return detail === undefined ? [] : [{ pointer: `/${member}`, detail }];
  });

/**
 * Makes a published or scheduled post a draft again.
 * @returns why it is not; empty on success
 */
export function unpublish(openDraft: OpenDraft): Promise<readonly PublishProblem[]> {
  const wasScheduled = openDraft.view().localDraft?.base?.standing.state === "scheduled";
  return run(
    openDraft,
    async (postId, ifMatch) => (await userApi.unpublishPost({ params: { postId } }, { ifMatch })).data,
    () => tell(wasScheduled ? words.unscheduled : words.unpublished),
  );
}

const tell = (text: string, action?: { readonly name: string; run(): void }) =>
  showToast({ id: "publishing", text, ...(action && { action }) });

async function run(openDraft: OpenDraft, act: Parameters<OpenDraft["act"]>[0], onDone: () => void) {
  try {
    if (!(await openDraft.act(act)))
      return [{ pointer: "", detail: openDraft.view().localDraft?.base ? words.unsaved : words.nothing }];
    onDone();
    return [];
  } catch (error) {
    return problemsOf(error);
  }
}

function problemsOf(error: unknown): readonly PublishProblem[] {
  if (isProblem(error, "handle-taken")) return [{ pointer: "/handle", detail: words.handleTaken }];
  if (isProblem(error, "slug-taken")) return [{ pointer: "/slug", detail: words.slugTaken }];
  if (isProblem(error, "version-conflict")) return [{ pointer: "", detail: words.changedElsewhere }];
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  // A problem of one tag, such as "/tags/1", is shown at the field of all.
  if (errors.length > 0)
    return errors.map(({ pointer, detail }) => ({ pointer: pointer.replace(/^(\/[^/]+)\/.*/, "$1"), detail }));
  return [{ pointer: "", detail: problemInWords(error) }];
}
