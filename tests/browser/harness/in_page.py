"""JavaScript functions that tests call inside a JupyterLab page, to see and do what a person would.

All but `IN_PANEL`, `READY` and `SITUATION` are called through `IN_PANEL`, which hands them
{app, panel, kernel, arg}.
"""

from __future__ import annotations

# Finds the notebook's panel by its path (the current widget may be another one, such as a new
# view of an output), and never waits for ever: a promise that a dialog holds back loses the race.
IN_PANEL = """async ([path, timeout, arg]) => {
  const app = window.jupyterapp;
  const panel = app && [...app.shell.widgets('main')].find(
    w => w.context && w.context.path === path && w.content && w.content.widgets);
  if (!panel) throw new Error(`no open notebook ${path}`);
  const kernel = panel.sessionContext.session && panel.sessionContext.session.kernel;
  let timer;
  const late = new Promise(resolve => {
    timer = setTimeout(() => resolve({late: true}), timeout * 1000);
  });
  const work = (async () => ({value: await (%s)({app, panel, kernel, arg})}))();
  try { return await Promise.race([work, late]); } finally { clearTimeout(timer); }
}"""

READY = """([path, idle]) => {
  const app = window.jupyterapp;
  const panel = app && [...app.shell.widgets('main')].find(
    w => w.context && w.context.path === path && w.content && w.content.widgets);
  if (!panel || !panel.context.isReady || !panel.sessionContext.isReady) return false;
  const session = panel.sessionContext.session;
  const kernel = session && session.kernel;
  if (!kernel || kernel.connectionStatus !== 'connected') return false;
  if (idle && kernel.status !== 'idle') return false;
  return panel.content.widgets.length === panel.content.model.cells.length;
}"""

# What a page says for itself when something took too long.
SITUATION = """(path) => {
  const app = window.jupyterapp;
  if (!app) return 'JupyterLab has not started in the page';
  const panel = [...app.shell.widgets('main')].find(w => w.context && w.context.path === path);
  const session = panel && panel.sessionContext.session;
  const kernel = session && session.kernel;
  const dialog = document.querySelector('.jp-Dialog');
  return [
    panel ? 'notebook open' : 'notebook not open',
    kernel ? `kernel ${kernel.status}, ${kernel.connectionStatus}` : 'no kernel',
    dialog ? `a dialog says: ${dialog.innerText}` : '',
  ].filter(Boolean).join('; ');
}"""

EXECUTE = """async ({kernel, arg}) => {
  const future = kernel.requestExecute({
    code: arg.code, silent: true, store_history: false, allow_stdin: false,
    stop_on_error: false, user_expressions: arg.expressions,
  });
  let printed = '';
  future.onIOPub = message => {
    if (message.header.msg_type === 'stream') printed += message.content.text;
  };
  const content = (await future.done).content;
  return {content, printed};
}"""

INSERT_CELL = """({panel, arg}) => {
  const cells = panel.content.model.sharedModel;
  const index = cells.cells.length;
  cells.insertCell(index, {cell_type: 'code', source: arg});
  return index;
}"""

SELECT_CELL = """({panel, arg}) => {
  if (!panel.content.widgets[arg]) throw new Error(`no cell ${arg}`);
  panel.content.deselectAll();
  panel.content.activeCellIndex = arg;
  return 1;
}"""

IS_IDLE = """({panel, kernel}) => kernel && kernel.status === 'idle' &&
  !panel.content.widgets.some(
    w => w.model.type === 'code' && w.model.executionState === 'running')"""

CELL_OUTPUTS = """({panel, arg}) => {
  const model = panel.content.model.cells.get(arg);
  return model.type === 'code' ? model.outputs.toJSON() : [];
}"""

CELL_ERRORS = """({panel}) => {
  const found = [];
  for (let i = 0; i < panel.content.model.cells.length; i++) {
    const model = panel.content.model.cells.get(i);
    if (model.type !== 'code') continue;
    for (const output of model.outputs.toJSON())
      if (output.output_type === 'error') found.push({...output, index: i});
  }
  return found;
}"""
