/**
 * Path of the Jupyter server that this page is of; empty where the page does not say. A hub has
 * one for each person, all of one origin: what a tab keeps is not for whoever logs in next.
 */
export function serverPath(): string {
  try {
    const config = document.getElementById("jupyter-config-data")?.textContent ?? "{}";
    const { baseUrl } = JSON.parse(config);
    return typeof baseUrl === "string" ? baseUrl : "";
  } catch {
    return ""; // somebody else's element, or not JSON
  }
}
