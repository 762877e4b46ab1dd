import { Ellipsis, ExternalLink, Pencil, Trash2 } from "lucide-react";
import { writingWords } from "../../../copy/writing.ts";
import { momentInWords } from "../../../lib/dates.ts";
import { Badge } from "../../../lib/ui/badge.tsx";
import { IconButton } from "../../../lib/ui/button.tsx";
import { LocalLink } from "../../../lib/ui/link/local-link.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../../lib/ui/overlay/menu.tsx";
import { publishedPathOf } from "../published-path.ts";
import { postHref } from "../url-state.ts";
import type { ShownPost } from "./use-own-posts.ts";

const words = writingWords.posts;

/** One post of the list: title, state and actions. */
export function PostRow({ post, onRemove }: { post: ShownPost; onRemove(): void }) {
  const { name, title, standing } = post;
  const { state, page } = standing;
  const href = postHref(name);
  return (
    <li data-testid="post" className="flex items-start gap-2 py-3 pe-1 ps-[calc(var(--spacing-margin)+1rem)]">
      <div className="min-w-0 flex-1">
        <h2 className="font-serif text-lead font-medium wrap-anywhere">
          <LocalLink href={href} dir="auto" className="rounded-sm hover:text-accent">
            {title}
          </LocalLink>
        </h2>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <StateBadges post={post} />
          <span>{whenOf(post)}</span>
        </p>
      </div>
      <Menu
        trigger={
          <IconButton label={words.actions(title)}>
            <Ellipsis aria-hidden className="size-5" />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={() => history.pushState(null, "", href)}>
          {words.edit}
        </MenuItem>
        {state === "published" && page !== null && (
          <MenuItem icon={<ExternalLink />} onSelect={() => location.assign(publishedPathOf(page))}>
            {words.view}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} tone="danger" onSelect={onRemove}>
          {words.remove}
        </MenuItem>
      </Menu>
    </li>
  );
}

function StateBadges({ post: { standing, unsaved } }: { post: ShownPost }) {
  const { states } = writingWords;
  const { state, changed } = standing;
  return (
    <>
      <Badge tone={state === "draft" ? "plain" : "accent"}>{states[state]}</Badge>
      {changed && <Badge>{states.changed}</Badge>}
      {standing.scheduleProblem && <Badge tone="danger">{states.notPublished}</Badge>}
      {unsaved && (
        <Badge tone={unsaved === "stuck" ? "danger" : "plain"}>
          {unsaved === "stuck" ? states.stuck : states.unsaved}
        </Badge>
      )}
    </>
  );
}

function whenOf({ standing, updatedAt }: ShownPost): string {
  const { state, scheduledFor, publishedAt } = standing;
  if (state === "scheduled" && scheduledFor !== null) return words.scheduled(momentInWords(scheduledFor));
  if (state === "published" && publishedAt !== null) return words.published(momentInWords(publishedAt));
  return words.edited(momentInWords(updatedAt));
}
