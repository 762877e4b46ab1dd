import { assertExpected, type CallContext, type ConditionalContext, type UserContext } from "../call-context.ts";
import { OptimisticLockError, retryOptimistically } from "../db/optimistic-retry.ts";
import { countCall } from "../db/rate-limit.ts";
import type { PostId } from "../ids.ts";
import { isProblem, Problem } from "../problem.ts";
import {
  findAt,
  type PublishedPostRecord,
  publishWrites,
  putRenderedHtml,
  type RenderPost,
  redirectsOf,
  unpublishWrites,
} from "../published/published-post.service.ts";
import type { Slug } from "../published/published-post.ts";
import * as users from "../user/user.service.ts";
import { publicationRate } from "./post.limits.ts";
import { type PublishedContent, publishedContentOf } from "./post.published-content.ts";
import type { PostRecord, WholePostRecord } from "./post.repository.ts";
import * as repository from "./post.repository.ts";
import { slugsFor } from "./post.slug.ts";
import type { PostPublish } from "./post.ts";

/** A call that may publish posts. */
export interface PublishingContext extends CallContext {
  readonly renderPost: RenderPost;
}

/**
 * Publishes the draft now or at a later time. Does nothing if this version is published already with this date. All
 * writes are one transaction.
 *
 * @throws post-not-found, post-incomplete, handle-required, name-required, slug-taken, version-conflict
 * @throws validation-failed for a date in the future, too-many-requests
 */
export async function publish(
  ctx: ConditionalContext & PublishingContext,
  postId: PostId,
  { at, publishedAt }: PostPublish,
): Promise<WholePostRecord> {
  const [time, date] = [at, publishedAt].map((moment) => (moment === undefined ? undefined : new Date(moment)));
  const now = ctx.clock.now();
  const isLater = time !== undefined && time > now;
  if (date && (isLater || date > now))
    throw new Problem("validation-failed", {
      errors: [
        { pointer: "/publishedAt", detail: isLater ? "Not together with a schedule" : "Must not be in the future" },
      ],
    });
  const counting = countCall(ctx.actor.userId, "publication", publicationRate, ctx.clock);
  return retryOptimistically(async () => {
    const [{ post, profile }] = await Promise.all([read(ctx, postId), counting]);
    assertExpected(ctx, post);
    if (isLater) return schedule(ctx, post, time, profile);
    return publishNow(ctx, post, profile, date?.toISOString());
  });
}

/**
 * Publishes a scheduled post, if it is still scheduled for this time.
 *
 * @returns whether it was
 * @throws the problems of `publish` if the post cannot be published
 */
export async function publishScheduled(
  ctx: UserContext & PublishingContext,
  postId: PostId,
  time: string,
): Promise<boolean> {
  return retryOptimistically(async () => {
    const { post, profile } = await read(ctx, postId);
    if (post.scheduledFor !== time) return false;
    await publishNow(ctx, post, profile);
    return true;
  });
}

/** Cancels a schedule, if it still has this time, and stores the reason for the author. Keeps the published post. */
export async function giveUp(ctx: UserContext, postId: PostId, time: string, why: string): Promise<void> {
  await retryOptimistically(async () => {
    const post = await repository.find(ctx.actor.userId, postId);
    if (post?.scheduledFor !== time) return;
    const state = post.published ? ("published" as const) : ("draft" as const);
    await repository.save(post, restated(ctx, post, { state, scheduledFor: null, scheduleProblem: why }));
  });
}

/** Unpublishes a post, or cancels its schedule. Does nothing for a draft. @throws post-not-found, version-conflict */
export async function unpublish(ctx: ConditionalContext, postId: PostId): Promise<WholePostRecord> {
  return retryOptimistically(async () => {
    const post = await repository.findWhole(ctx.actor.userId, postId);
    if (!post) throw new Problem("post-not-found");
    assertExpected(ctx, post);
    if (post.state === "draft") return post;
    const after = restated(ctx, post, { state: "draft", scheduledFor: null, published: null });
    await repository.save(post, after, unpublishWrites(post));
    return after;
  });
}

type Profile = Awaited<ReturnType<typeof users.find>>;

async function read({ actor: { userId } }: UserContext, postId: PostId) {
  const [post, profile] = await Promise.all([repository.findWhole(userId, postId), users.find(userId)]);
  if (!post) throw new Problem("post-not-found");
  return { post, profile };
}

async function schedule(
  ctx: CallContext,
  post: WholePostRecord,
  time: Date,
  profile: Profile,
): Promise<WholePostRecord> {
  const scheduledFor = time.toISOString();
  if (post.scheduledFor === scheduledFor) return post;
  // Refuse now what would fail at that time.
  await Promise.all([publishedContentOf(post, profile), assertFree(post, profile)]);
  const state = post.published ? ("published" as const) : ("scheduled" as const);
  const after = restated(ctx, post, { state, scheduledFor, scheduleProblem: null });
  await repository.save(post, after);
  return after;
}

/** @throws slug-taken */
async function assertFree({ id, slug, published }: PostRecord, profile: Profile): Promise<void> {
  const handle = profile?.handle ?? null;
  if (slug === null || handle === null || published?.slug === slug) return;
  const found = await findAt(handle, slug);
  if (found && ("post" in found ? found.post.postId : found.postId) !== id) throw new Problem("slug-taken");
}

/** @param date ISO 8601. The date that readers see, if it is set */
async function publishNow(
  ctx: PublishingContext,
  post: WholePostRecord,
  profile: Profile,
  date = post.publishedAt ?? undefined,
): Promise<WholePostRecord> {
  const isSame = post.published?.version === post.version && date === post.publishedAt;
  if (isSame && post.scheduledFor === null) return post;
  const [content, commentCount] = await Promise.all([publishedContentOf(post, profile), countedComments(post)]);
  const slugs = post.slug === null ? slugsFor(post.title, post.id) : ([post.slug] as const);
  for (const slug of slugs) {
    const after = published(ctx, post, content, { slug, date });
    // A post that begins with a date in the past, such as an imported one, was not revised since.
    const revisedAt = post.publishedAt === null ? after.publishedAt : after.updatedAt;
    const copy = publishedPostOf(after, content, { commentCount, revisedAt });
    const rendered = await putRenderedHtml(copy, await ctx.renderPost(copy));
    try {
      await repository.save(post, after, publishWrites(post, copy, rendered), (place, cause) => {
        if (place > 0) return cause;
        const isOwn = post.published?.slug === slug;
        // At the post's current address, the condition fails if comments were counted after the read.
        return isOwn ? new OptimisticLockError({ cause }) : new Problem("slug-taken", { cause });
      });
      return after;
    } catch (error) {
      if (!isProblem(error, "slug-taken") || slug === slugs.at(-1)) throw error;
    }
  }
  throw new Problem("slug-taken");
}

/** Returns the comment count at the current address of the post. */
async function countedComments({ handle, published }: PostRecord): Promise<number> {
  if (!published || handle === null) return 0;
  const found = await findAt(handle, published.slug);
  return found && "post" in found ? found.post.commentCount : 0;
}

type PublishedNow = WholePostRecord & { readonly slug: Slug; readonly publishedAt: string };

function published(
  { clock }: CallContext,
  post: WholePostRecord,
  { author, tags }: PublishedContent,
  { slug, date }: { readonly slug: Slug; readonly date: string | undefined },
): PublishedNow {
  const now = clock.now().toISOString();
  const version = post.version + 1;
  return {
    ...post,
    state: "published",
    slug,
    scheduledFor: null,
    scheduleProblem: null,
    publishedAt: date ?? now,
    handle: author.handle,
    published: { version, slug, tags, mediaIds: post.mediaIds },
    formerSlugs: redirectsOf(post, slug),
    updatedAt: now,
    version,
  };
}

const publishedPostOf = (
  { slug, publishedAt, version }: PublishedNow,
  content: PublishedContent,
  derived: Pick<PublishedPostRecord, "commentCount" | "revisedAt">,
): PublishedPostRecord => ({ ...content, ...derived, slug, publishedAt, version });

/**
 * Returns the next version of a post with the same content. If this version is published, the published version rises
 * too, so that the post does not count as changed.
 */
function restated<Of extends PostRecord>({ clock }: CallContext, post: Of, changes: Partial<PostRecord>): Of {
  const version = post.version + 1;
  const isShown = post.published?.version === post.version;
  const shown = isShown && post.published && { published: { ...post.published, version } };
  return { ...post, ...shown, ...changes, updatedAt: clock.now().toISOString(), version };
}
