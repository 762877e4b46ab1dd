import type { Metadata } from "next";
import { offlineWords } from "../../copy/offline.ts";
import { OfflinePage } from "../../features/offline/offline-page.tsx";

/** No page links here. The service worker shows this page in place of one that needs a network. */
export const metadata: Metadata = { title: offlineWords.page.title, robots: { index: false } };

export default function Offline() {
  return <OfflinePage />;
}
