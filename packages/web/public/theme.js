// Runs before the page is painted, so that a theme that was chosen here does not come after a flash of the other.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Where nothing may be stored, the page follows the system.
}
