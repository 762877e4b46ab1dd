import { accountWords } from "../../copy/account.ts";
import { Skeleton } from "../../lib/ui/skeleton.tsx";

const sections = ["profile", "appearance", "password"];

/** The loading state of the account page. */
export const AccountLoading = () => (
  <div role="status">
    <span className="sr-only">{accountWords.account.loading}</span>
    {sections.map((section) => (
      <div key={section} className="border-t border-rule last:border-b sm:grid sm:grid-cols-[minmax(11rem,1fr)_2fr]">
        <Skeleton className="mt-8 h-6 w-24" />
        <div className="pt-4 pb-8 sm:border-l sm:border-margin sm:pt-8 sm:pl-8">
          <div className="max-w-xl space-y-5">
            <Skeleton className="h-4 w-32" />
            <Skeleton className="h-11 w-full" />
          </div>
        </div>
      </div>
    ))}
  </div>
);
