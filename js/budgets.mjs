/** What files may weigh at most; `hatch_build.py` holds a wheel against the same budgets. */

/** The budgets of a folder's files, which they name without it. */
export function budgetsBelow(folder, budgets) {
  const below = Object.entries(budgets).filter(([, { files }]) =>
    files.some((file) => file.startsWith(folder)),
  );
  return below.map(([name, { files, bytes }]) => ({
    name,
    files: files.map((file) => file.replace(folder, "")),
    bytes,
  }));
}

/**
 * A line about each budget, and a sentence for each that is exceeded or wrong.
 *
 * @param sizes - of all that was built, in bytes, by its name.
 */
export function weigh(sizes, budgets) {
  const show = (bytes) => bytes.toLocaleString("en");
  const lines = [];
  const problems = [];
  for (const { name, files, bytes } of budgets) {
    const missing = files.filter((file) => !sizes.has(file));
    problems.push(...missing.map((file) => `${file} of the budget "${name}" is not built.`));
    const total = files.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
    const parts = files.map((file) => `${file} ${show(sizes.get(file) ?? 0)}`).join(" + ");
    const [weight, most] = [total, bytes].map((each) => show(each).padStart(7));
    lines.push(`${name.padEnd(10)}${weight} of ${most} bytes   ${parts}`);
    if (total <= bytes) continue;
    problems.push(`${name}: ${parts} is ${show(total)} bytes; the budget is ${show(bytes)}.`);
  }
  const budgeted = new Set(budgets.flatMap(({ files }) => files));
  for (const [file, size] of sizes) {
    if (!budgeted.has(file)) problems.push(`${file}, ${show(size)} bytes, has no budget.`);
  }
  return { lines, problems };
}
