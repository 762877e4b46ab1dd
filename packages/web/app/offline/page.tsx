import type { Metadata } from "next";
import { OfflinePage } from "../../features/offline/offline-page.tsx";
import { offlineWords } from "../../words/offline.ts";

/** Nobody links to it: the service worker shows it in place of a page that needs a network. */
export const metadata: Metadata = { title: offlineWords.page.title, robots: { index: false } };

export default function Offline() {
  return <OfflinePage />;
}
