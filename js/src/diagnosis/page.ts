import { mediaFindings, storageAbility } from "../abilities";
import type { NotebookHost, PageFindings } from "../findings";
import { onLoopback } from "../hosting/isolation";

/** What the front end knows of itself. */
export interface Known {
  /** 0 where it does not run the chat. */
  lease: number;
  views: number;
  /** Entries that the kernel has not acknowledged. */
  pending: number;
  stage: { readonly frame: HTMLElement | null } | null;
}

/** What the notebook page can and is. */
export async function pageFindings({ lease, views, pending, stage }: Known): Promise<PageFindings> {
  return {
    lease,
    pending,
    views,
    framed: Boolean(stage?.frame),
    host: notebookHost(),
    browser: browser(),
    loopback: onLoopback(location.hostname),
    secure: isSecureContext,
    visible: document.visibilityState === "visible",
    session: storageAbility(() => sessionStorage),
    media: await mediaFindings(),
  };
}

/** The notebook application, where the page says so: the kernel knows of marimo and Voilà. */
function notebookHost(): NotebookHost | null {
  if (location.protocol === "vscode-webview:") return { name: "VS Code", version: "" };
  return jupyterHost();
}

/** JupyterLab, Notebook 7 and JupyterLite name themselves in the configuration of the page. */
function jupyterHost(): NotebookHost | null {
  const text = document.getElementById("jupyter-config-data")?.textContent;
  if (!text) return null;
  try {
    // The token is in there, too: nothing but these two leaves this function.
    const { appName, appVersion } = JSON.parse(text) as { appName?: string; appVersion?: string };
    return { name: appName || "Jupyter", version: appVersion || "" };
  } catch {
    return { name: "Jupyter", version: "" };
  }
}

interface Brands {
  brands: { brand: string; version: string }[];
  platform: string;
}

/** In the order to look in: the later ones are named in the earlier ones' texts as well. */
const BROWSERS = [
  ["Firefox", /Firefox\/(\d+)/],
  ["Edge", /Edg\/(\d+)/],
  ["Opera", /OPR\/(\d+)/],
  ["Chrome", /Chrome\/(\d+)/],
  ["Safari", /Version\/([\d.]+).*Safari/],
] as const;

/** Name and version of the browser, and its system: no fingerprint beyond. */
function browser(): string {
  const data = (navigator as Navigator & { userAgentData?: Brands }).userAgentData;
  const real = data?.brands.filter(({ brand }) => !/not.?a.?brand/i.test(brand)) ?? [];
  if (real.length > 0) {
    const names = real.map(({ brand, version }) => `${brand} ${version}`).join(", ");
    return data?.platform ? `${names} on ${data.platform}` : names;
  }
  for (const [name, pattern] of BROWSERS) {
    const version = navigator.userAgent.match(pattern)?.[1];
    if (version) return `${name} ${version}`;
  }
  return "unknown";
}
