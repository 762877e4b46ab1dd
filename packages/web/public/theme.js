// Sets the chosen theme before the first paint, so the page does not flash in the other theme.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // If storage is disabled, the page follows the system's theme.
}
