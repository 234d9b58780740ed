/** What the document that this runs in can do, found out by trying: part of a diagnosis. */
import type { Ability, MediaFindings } from "./findings";

/** What `allow_media` gives a stage, by the names that permissions policies use. */
export const MEDIA = [
  "camera",
  "microphone",
  "display-capture",
  "clipboard-read",
  "clipboard-write",
] as const;

const PROBE = "owidget_jupyter.examined";

/** Only Chromium's documents can be asked for their permissions policy. */
type WithPolicy = Document & { featurePolicy?: { allowsFeature(feature: string): boolean } };

/** @param storage - looks the storage up: that alone throws where there is none. */
export function storageAbility(storage: () => Storage): Ability {
  return tried(() => {
    storage().setItem(PROBE, "1");
    const kept = storage().getItem(PROBE) === "1";
    storage().removeItem(PROBE);
    return kept;
  });
}

export function cookieAbility(): Ability {
  return tried(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: whether this very way works is asked
    document.cookie = `${PROBE}=1; max-age=9; path=/; samesite=lax`;
    const kept = document.cookie.includes(`${PROBE}=1`);
    // biome-ignore lint/suspicious/noDocumentCookie: as above
    document.cookie = `${PROBE}=; expires=${new Date(0).toUTCString()}; path=/; samesite=lax`;
    return kept;
  });
}

/** An opaque origin has nothing of the kind: what works there nevertheless is an emulation. */
function tried(works: () => boolean): Ability {
  try {
    if (!works()) return "refused";
    return self.origin === "null" ? "emulated" : "works";
  } catch {
    return "refused";
  }
}

/** What the document's policy and the person's permissions say of media; null: not to be told. */
export function mediaFindings(): Promise<MediaFindings[]> {
  const policy = (document as WithPolicy).featurePolicy;
  return Promise.all(
    MEDIA.map(async (feature) => ({
      feature,
      allowed: policy ? policy.allowsFeature(feature) : null,
      permission: await permission(feature),
    })),
  );
}

async function permission(name: string): Promise<PermissionState | null> {
  try {
    const { state } = await navigator.permissions.query({ name: name as PermissionName });
    return state;
  } catch {
    // Browsers differ in the names that they know, and old ones have no permissions to query.
    return null;
  }
}
