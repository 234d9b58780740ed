/** Makes this the page of another Jupyter server, as JupyterLab's, Notebook's and Voilà's say it. */
export function onServer(baseUrl: string): void {
  const element =
    document.getElementById("jupyter-config-data") ?? document.createElement("script");
  element.id = "jupyter-config-data";
  element.setAttribute("type", "application/json");
  element.textContent = JSON.stringify({ baseUrl, token: "not to be looked at" });
  document.head.append(element);
}
