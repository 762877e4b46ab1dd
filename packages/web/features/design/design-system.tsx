import { design } from "../../copy/design.ts";
import { Components } from "./components.tsx";
import { Foundations } from "./foundations.tsx";

/** The page's contents and all of its sections. */
export const DesignSystem = () => (
  <>
    <nav aria-label={design.contents} className="mt-8">
      <ul className="flex flex-wrap gap-x-6 gap-y-1">
        {Object.entries(design.sections).map(([id, title]) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="inline-flex min-h-8 items-center rounded-sm font-medium text-accent underline underline-offset-4 hover:text-accent-strong"
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    <div className="mt-12 space-y-16">
      <Foundations />
      <Components />
    </div>
  </>
);
