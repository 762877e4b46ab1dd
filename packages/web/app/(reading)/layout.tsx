import "../../features/markdown/prose.css";
import "../../features/reading/reading.css";
import type { ReactNode } from "react";

export default function ReadingLayout({ children }: { children: ReactNode }) {
  return children;
}
