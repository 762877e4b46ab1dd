import { CircleUserRound, ListChecks, LogOut, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../../lib/ui/button.tsx";
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "../../lib/ui/menu.tsx";
import { ThemeMenuChoice } from "../../lib/ui/theme-menu.tsx";
import { accountWords } from "../../words/account.ts";
import { useMe } from "./use-me.ts";
import { usePerson } from "./use-session.ts";
import { useSignOut } from "./use-sign-out.tsx";

const words = accountWords.menu;

interface AccountMenuProps {
  /** Whether it stands on the page of the account itself. */
  readonly onAccount?: boolean;
  /** Items of the page that it stands on, such as a help for its keys. */
  readonly children?: ReactNode;
}

/** Who is signed in, what is theirs, and the way out. */
export function AccountMenu({ onAccount = false, children }: AccountMenuProps) {
  useMe();
  const person = usePerson();
  const { signOut, dialog } = useSignOut();
  return (
    <>
      <Menu
        trigger={
          <IconButton label={words.label}>
            <CircleUserRound aria-hidden className="size-5" />
          </IconButton>
        }
      >
        <MenuLabel>
          {person?.name && <span className="block truncate font-medium text-ink">{person.name}</span>}
          <span className="block max-w-64 truncate">{person?.email}</span>
        </MenuLabel>
        <MenuSeparator />
        {onAccount ? (
          <MenuLink href="/todos" icon={<ListChecks />}>
            {words.todos}
          </MenuLink>
        ) : (
          <MenuLink href="/account" icon={<UserRound />}>
            {words.account}
          </MenuLink>
        )}
        {children}
        <MenuSeparator />
        <ThemeMenuChoice />
        <MenuSeparator />
        <MenuItem icon={<LogOut />} onSelect={() => signOut("here")}>
          {words.signOut}
        </MenuItem>
      </Menu>
      {dialog}
    </>
  );
}
