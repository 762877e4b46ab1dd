"use client";

import { common } from "../../../copy/common.ts";
import { MenuChoice } from "../overlay/menu.tsx";
import { chooseTheme, themes, useTheme } from "./theme.ts";

/** The choice between light, dark and system theme as menu items. */
export const ThemeMenuChoice = () => (
  <MenuChoice label={common.theme.label} value={useTheme()} choices={themes} onChange={chooseTheme} />
);
