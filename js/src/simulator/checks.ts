export interface Company {
  readonly company: string;
  readonly tenant: string | null;
}

const GUID = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i;

/** A GUID in its canonical form, or null when it is none. */
function guid(value: unknown): string | null {
  const match = typeof value === "string" ? GUID.exec(value) : null;
  return match ? match.slice(1).join("-").toLowerCase() : null;
}

/** The first argument of `init`: a GUID, or a GUID and a tenant's id in an array. */
export function companyOf(value: unknown): Company | null {
  if (!Array.isArray(value)) {
    const company = guid(value);
    return company === null ? null : { company, tenant: null };
  }
  const [first, tenant] = value as unknown[];
  const company = guid(first);
  const named = (typeof tenant === "string" && tenant !== "") || typeof tenant === "number";
  return company !== null && named && value.length === 2
    ? { company, tenant: String(tenant) }
    : null;
}

/** A value as it may stand in a warning: short, and never an exception. */
export function show(value: unknown): string {
  if (typeof value === "function") return "a function";
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    // A cycle or a BigInt, say.
    text = typeof value;
  }
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
