import { Month } from "@daybook/core/published/published-post";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { reading } from "../../../../copy/reading.ts";
import { ListPage } from "../../../../features/reading/list-page.tsx";
import { pageMetadata } from "../../../../features/reading/metadata.ts";
import { TitleList } from "../../../../features/reading/post-list.tsx";
import { readMonths, readPosts } from "../../../../features/reading/published-posts.ts";
import { segment } from "../../../../features/reading/route-params.ts";
import { monthInWords, paths } from "../../../../features/reading/site.ts";

export const generateStaticParams = () => [];

type Props = { readonly params: Promise<{ readonly month?: readonly string[] }> };

/** Returns the month in the URL, or undefined for the archive's index page. An invalid month is a 404. */
function monthOf(parts: readonly string[] | undefined) {
  if (parts === undefined) return undefined;
  const [part, ...others] = parts;
  return part === undefined || others.length > 0 ? notFound() : segment(Month, part);
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const month = monthOf((await params).month);
  if (month === undefined)
    return pageMetadata({ title: reading.archive, description: reading.archiveDescription, path: paths.archive });
  const title = reading.month(monthInWords(month));
  return pageMetadata({ title, description: title, path: paths.month(month) });
}

export default async function Archive({ params }: Props) {
  const month = monthOf((await params).month);
  if (month === undefined) return <Months />;
  const { posts } = await readPosts({ month }, 2_000);
  if (posts.length === 0) notFound();
  return (
    <ListPage title={monthInWords(month)}>
      <TitleList posts={posts} />
    </ListPage>
  );
}

async function Months() {
  const months = await readMonths();
  return (
    <ListPage title={reading.archive} lead={reading.archiveDescription}>
      {months.length === 0 && <p className="text-lead text-muted">{reading.none}</p>}
      <ol className="grid border-t border-rule sm:grid-cols-2 sm:gap-x-12">
        {months.map(({ month }) => (
          <li key={month} className="border-b border-rule">
            <a href={paths.month(month)} className="block rounded-sm py-4 font-serif text-heading hover:text-accent">
              <time dateTime={month}>{monthInWords(month)}</time>
            </a>
          </li>
        ))}
      </ol>
    </ListPage>
  );
}
