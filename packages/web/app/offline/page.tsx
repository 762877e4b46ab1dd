import type { Metadata } from "next";
import { offlineWords } from "../../copy/offline.ts";
import { OfflinePage } from "../../features/offline/offline-page.tsx";

/** Nobody links to it: the service worker shows it in place of a page that needs a network. */
export const metadata: Metadata = { title: offlineWords.page.title, robots: { index: false } };

export default function Offline() {
  return <OfflinePage />;
}
