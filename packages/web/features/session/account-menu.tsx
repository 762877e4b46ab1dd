import { CircleUserRound, ListChecks, LogOut, PenLine, UserRound } from "lucide-react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { accountWords } from "../../copy/account.ts";
import { writeLink } from "../../copy/blog-links.ts";
import { IconButton } from "../../lib/ui/button.tsx";
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "../../lib/ui/overlay/menu.tsx";
import { ThemeMenuChoice } from "../../lib/ui/theme/theme-menu.tsx";
import { useMe } from "./use-me.ts";
import { usePerson } from "./use-session.ts";
import { useSignOut } from "./use-sign-out.tsx";

const words = accountWords.menu;

/** Links to the main sections. The link to the current page is left out. */
const links = [
  { href: "/todos", name: words.todos, icon: ListChecks },
  { href: writeLink.href, name: writeLink.name, icon: PenLine }, // #blog
  { href: "/account", name: words.account, icon: UserRound },
];

interface AccountMenuProps {
  /** Items of the current page, such as its keyboard help. */
  readonly children?: ReactNode;
}

/** Account menu: the signed-in user, links to the main sections, theme and sign-out. */
export function AccountMenu({ children }: AccountMenuProps) {
  const path = usePathname();
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
        {links.map(
          ({ href, name, icon: Icon }) =>
            path !== href && (
              <MenuLink key={href} href={href} icon={<Icon />}>
                {name}
              </MenuLink>
            ),
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
