import "../../features/markdown/prose.css";
import "../../features/reading/reading.css";
import type { ReactNode } from "react";

// The first request renders a page, and an event renders it again. If an event is lost, the page expires after an hour.
export const revalidate = 3_600;

export default function ReadingLayout({ children }: { children: ReactNode }) {
  return children;
}
