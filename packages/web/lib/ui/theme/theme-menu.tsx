"use client";

import { common } from "../../../copy/common.ts";
import { MenuChoice } from "../overlay/menu.tsx";
import { chooseTheme, themes, useTheme } from "./theme.ts";

/** The choice between light, dark and what the system says, as items of a menu. */
export const ThemeMenuChoice = () => (
  <MenuChoice label={common.theme.label} value={useTheme()} choices={themes} onChange={chooseTheme} />
);
